package dev.portcullis.benchmark.chaos;

/** One login may read one column of one port's table. */
record Cell(String login, String port, String column) {}

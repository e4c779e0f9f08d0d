package dev.portcullis.benchmark.load;

/**
 * One line of the result.
 *
 * @param name what was measured
 * @param value the figure, with its unit
 * @param number the figure alone, for machines
 * @param goal what it is meant to be, or nothing
 * @param met whether it is; true where there is no goal
 */
record Figure(String name, String value, double number, String goal, boolean met) {
    static Figure plain(String name, String value, double number) {
        return new Figure(name, value, number, "", true);
    }

    static Figure atMost(String name, String value, double number, double most, String goal) {
        return new Figure(name, value, number, "at most " + goal, number <= most);
    }

    static Figure atLeast(String name, String value, double number, double least, String goal) {
        return new Figure(name, value, number, "at least " + goal, number >= least);
    }
}

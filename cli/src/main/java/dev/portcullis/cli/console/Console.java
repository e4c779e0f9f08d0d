package dev.portcullis.cli.console;

import java.io.PrintWriter;
import java.time.Clock;

/**
 * What a command has of the world around it.
 *
 * @param out for what was asked for
 * @param err for what went wrong
 * @param terminal whether a person looks at {@code out}
 */
public record Console(PrintWriter out, PrintWriter err, boolean terminal, Clock clock) {}

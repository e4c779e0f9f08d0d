package dev.portcullis.benchmark.chaos;

import java.util.Set;

/** What one incarnation of a port offered at some time: what a request may have been judged by. */
record Offer(int incarnation, Set<String> columns) {
    Offer {
        columns = Set.copyOf(columns);
    }
}

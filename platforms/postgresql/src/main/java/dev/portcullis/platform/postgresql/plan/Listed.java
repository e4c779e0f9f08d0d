package dev.portcullis.platform.postgresql.plan;

import java.util.Collection;
import java.util.stream.Collectors;

/** Things in a sentence: the first few, and how many more there are, so that no message outgrows its field. */
final class Listed {
    private static final int MOST = 5;

    private Listed() {}

    static String of(Collection<String> things) {
        return of(things, ", ");
    }

    static String of(Collection<String> things, String between) {
        // some end with SQL to run, and that with a semicolon
        String first =
                things.stream().limit(MOST).collect(Collectors.joining(between)).replace(";; ", "; ");
        return things.size() > MOST ? first + " and " + (things.size() - MOST) + " more" : first;
    }
}

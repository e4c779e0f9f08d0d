package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.api.FirstFew;
import java.util.Collection;

/** The first few things in a message to people, some of which end with SQL to run. */
final class Listed {
    private static final int MOST = 5;

    private Listed() {}

    static String of(Collection<String> things) {
        return of(things, ", ");
    }

    static String of(Collection<String> things, String between) {
        // SQL ends with a semicolon of its own
        return FirstFew.of(MOST, between, things).replace(";; ", "; ");
    }
}

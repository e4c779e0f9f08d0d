package dev.portcullis.cli.console;

import java.util.Map;

/** Whether a person looks at what is written, and wants to see it in colour. */
public final class Terminal {
    private static final String IS_TERMINAL = "portcullis.terminal";

    private Terminal() {}

    /** @param environment NO_COLOR, with anything in it, and a terminal that is dumb speak against it */
    public static boolean isColourful(Map<String, String> environment) {
        return Boolean.getBoolean(IS_TERMINAL)
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }
}

package dev.portcullis.image;

import java.util.Set;

/** Starts what a container is asked for: the operator, or a command of {@code portcullis}. */
public final class Start {
    /** What the operator itself takes. */
    private static final Set<String> OF_THE_OPERATOR = Set.of("check");

    private Start() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0 || OF_THE_OPERATOR.contains(arguments[0])) {
            dev.portcullis.operator.Main.main(arguments);
        } else {
            dev.portcullis.cli.Main.main(arguments);
        }
    }
}

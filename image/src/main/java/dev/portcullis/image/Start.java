package dev.portcullis.image;

import dev.portcullis.operator.Main;

/** Starts the operator. */
public final class Start {
    private Start() {}

    public static void main(String[] arguments) throws Exception {
        Main.main(arguments);
    }
}

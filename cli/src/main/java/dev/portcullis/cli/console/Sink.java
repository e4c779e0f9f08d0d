package dev.portcullis.cli.console;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where what was asked for goes; remembers what did not arrive, which writers of texts do not tell. */
public final class Sink extends FilterOutputStream {
    private @Nullable IOException failure;

    public Sink(OutputStream to) {
        super(to);
    }

    /** Why not everything arrived; empty where it did, or where whoever reads it has seen enough ({@code | head}). */
    public Optional<String> lost() {
        return Optional.ofNullable(failure)
                .map(why -> String.valueOf(why.getMessage()))
                .filter(why -> !why.toLowerCase(Locale.ROOT).contains("pipe"));
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}

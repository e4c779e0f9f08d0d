package dev.portcullis.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SinkTest {
    @Test
    void saysThatAFullDiskHasLostSomething() {
        assertThat(after("No space left on device")).contains("No space left on device");
    }

    @Test
    void saysNothingOfAReaderWhoHasSeenEnough() {
        assertThat(after("Broken pipe")).isEmpty();
        assertThat(new Sink(OutputStream.nullOutputStream()).lost()).isEmpty();
    }

    private static Optional<String> after(String failure) {
        Sink sink = new Sink(new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException(failure);
            }
        });
        PrintWriter writer = new PrintWriter(sink);
        writer.println("a plan");
        writer.flush();
        return sink.lost();
    }
}

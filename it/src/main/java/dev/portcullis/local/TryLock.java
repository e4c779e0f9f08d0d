package dev.portcullis.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** One at a time: two that start, or one that starts while another stops, would tread on each other. */
final class TryLock {
    private final TryState state;
    private final TryConsole console;

    TryLock(TryState state, TryConsole console) {
        this.state = state;
        this.console = console;
    }

    <T> T locked(Supplier<T> action) {
        try {
            Files.createDirectories(Checkout.root().resolve(".try"));
            try (FileChannel channel =
                            FileChannel.open(state.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = lock(channel)) {
                if (!lock.isValid()) {
                    throw new IllegalStateException("cannot lock " + state.lock());
                }
                return action.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            console.line("waiting for another ./try that is starting or stopping things");
            lock = channel.lock();
        }
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
        return lock;
    }
}

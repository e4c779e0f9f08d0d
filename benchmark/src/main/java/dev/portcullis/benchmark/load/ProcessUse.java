package dev.portcullis.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a process and those it started have used, as Linux counts it. */
final class ProcessUse {
    /** Clock ticks of a second: fixed in what Linux shows to programs. */
    private static final double TICKS = 100;

    private static final int USER = 11;
    private static final int LAST_OF_CHILDREN = 14;

    private ProcessUse() {}

    /** CPU seconds of the process, of its children that run, and of those that have ended. */
    static double cpuSeconds(long pid) {
        Stream<Long> running = ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(
                        Stream.of(process.pid()), process.descendants().map(ProcessHandle::pid)));
        return running.mapToDouble(ProcessUse::own).sum();
    }

    /** The most memory the process has ever held, in MiB. */
    static long peakMebibytes(long pid) {
        return lines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    private static double own(long pid) {
        List<String> stat = lines(Path.of("/proc/" + pid + "/stat"));
        if (stat.isEmpty()) {
            return 0;
        }
        // PID (NAME) STATE ...: the name may hold anything
        String[] fields =
                stat.get(0).substring(stat.get(0).lastIndexOf(')') + 2).split(" ", -1);
        double ticks = 0;
        for (int field = USER; field <= LAST_OF_CHILDREN; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks / TICKS;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            // it ended between open and read
            if (String.valueOf(e.getMessage()).contains("No such process")) {
                return List.of();
            }
            throw new UncheckedIOException(e);
        }
    }
}

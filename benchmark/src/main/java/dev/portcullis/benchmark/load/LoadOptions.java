package dev.portcullis.benchmark.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What {@code benchmark/run} was asked for. */
record LoadOptions(List<Integer> sizes, String heap, int writers, int singles, Duration idle, Path out) {
    private static final int LEAST = 100;

    /** Throws {@link IllegalArgumentException} with a sentence for the caller. */
    static LoadOptions parse(List<String> args) {
        List<Integer> sizes = new ArrayList<>();
        String heap = "512m";
        int writers = 16;
        int singles = 200;
        Duration idle = Duration.ofSeconds(60);
        Path out = Path.of("benchmark", "results");
        Iterator<String> words = args.iterator();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--heap" -> heap = value(word, words);
                case "--writers" -> writers = number(word, value(word, words));
                case "--singles" -> singles = number(word, value(word, words));
                case "--idle" -> idle = Duration.ofSeconds(number(word, value(word, words)));
                case "--out" -> out = Path.of(value(word, words));
                default -> sizes.add(number("the number of agreements", word));
            }
        }
        if (sizes.isEmpty() || sizes.stream().anyMatch(size -> size < LEAST)) {
            throw new IllegalArgumentException(
                    "name how many agreements there are to be, " + LEAST
                            + " or more: benchmark/run N [N...] [--heap 512m] [--writers 16] [--singles 200] [--idle 60] [--out FOLDER]");
        }
        return new LoadOptions(List.copyOf(sizes), heap, writers, singles, idle, out);
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.next();
    }

    private static int number(String what, String word) {
        try {
            int number = Integer.parseInt(word);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(what + " is a number above zero, not '" + word + "'");
    }
}

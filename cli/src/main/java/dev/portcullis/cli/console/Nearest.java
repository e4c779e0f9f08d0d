package dev.portcullis.cli.console;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What a word that does not exist may have been meant for. */
public final class Nearest {
    private static final int LETTERS_PER_SLIP = 4;
    private static final int MOST_SLIPS = 3;
    private static final int SHORTEST_BEGINNING = 3;

    private Nearest() {}

    /** The word that is meant; empty where none is near. Of words that are equally near the first in the alphabet. */
    public static Optional<String> to(String word, Collection<String> words) {
        String given = word.toLowerCase(Locale.ROOT);
        int allowed = Math.min(MOST_SLIPS, (given.length() + 1) / LETTERS_PER_SLIP);
        return words.stream()
                .filter(candidate -> isNear(given, candidate.toLowerCase(Locale.ROOT), allowed))
                .min(Comparator.<String>comparingInt(candidate -> slips(given, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** For the end of a message; nothing where none is near. */
    public static String question(String word, Collection<String> words) {
        return to(word, words).map(meant -> ": did you mean " + meant + "?").orElse("");
    }

    private static boolean isNear(String given, String candidate, int allowed) {
        return slips(given, candidate) <= allowed
                || (given.length() >= SHORTEST_BEGINNING && candidate.startsWith(given));
    }

    /** How many letters are wrong, missing, too many, or changed places with the next one. */
    private static int slips(String one, String other) {
        int[][] slips = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    slips[i][j] = i + j;
                    continue;
                }
                int wrong = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                int least = Math.min(Math.min(slips[i - 1][j], slips[i][j - 1]) + 1, slips[i - 1][j - 1] + wrong);
                boolean changedPlaces = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                slips[i][j] = changedPlaces ? Math.min(least, slips[i - 2][j - 2] + 1) : least;
            }
        }
        return slips[one.length()][other.length()];
    }
}

package dev.portcullis.api;

import java.util.Collection;
import java.util.stream.Collectors;

/** Things in a sentence: the first few, and how many more there are, so that no text outgrows its field. */
public final class FirstFew {
    private FirstFew() {}

    /** As "a, b and 3 more". */
    public static String of(int most, Collection<String> things) {
        return of(most, ", ", things);
    }

    /**
     * As "a, b and 3 more".
     *
     * @param between what stands between two of them
     */
    public static String of(int most, String between, Collection<String> things) {
        String first = things.stream().limit(most).collect(Collectors.joining(between));
        return things.size() > most ? first + " and " + (things.size() - most) + " more" : first;
    }
}

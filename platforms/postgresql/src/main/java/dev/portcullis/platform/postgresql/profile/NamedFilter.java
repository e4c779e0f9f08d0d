package dev.portcullis.platform.postgresql.profile;

import java.util.Comparator;

/**
 * Which rows.
 *
 * @param name what the port calls it
 * @param where its text, as the provider wrote it
 */
public record NamedFilter(String name, String where) implements Comparable<NamedFilter> {
    private static final Comparator<NamedFilter> ORDER =
            Comparator.comparing(NamedFilter::name).thenComparing(NamedFilter::where);

    @Override
    public int compareTo(NamedFilter other) {
        return ORDER.compare(this, other);
    }
}

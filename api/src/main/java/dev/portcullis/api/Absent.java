package dev.portcullis.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an absent field means. JSON gives null for it; the records of this module never do where a default exists. */
public final class Absent {
    private Absent() {}

    public static <T> T or(@Nullable T value, T whenAbsent) {
        return value == null ? whenAbsent : value;
    }

    public static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** Keeps the order of the entries, so that what is written back reads as it was written. */
    public static <K, V> Map<K, V> orEmpty(@Nullable Map<K, V> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}

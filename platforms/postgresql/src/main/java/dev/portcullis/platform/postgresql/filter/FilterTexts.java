package dev.portcullis.platform.postgresql.filter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Filters by their texts. The same text is asked for table by table and role by role, and is parsed once as long as it is among the last that were asked for. */
public final class FilterTexts {
    /** A parsed filter of the longest kind takes some 20 kB. */
    private static final int MOST_REMEMBERED = 500;

    private final Function<String, ParsedFilter> parser;
    private final Map<String, ParsedFilter> parsed = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ParsedFilter> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    public FilterTexts() {
        this(FilterParser::parse);
    }

    /** @param parser gives always the same for the same text */
    public FilterTexts(Function<String, ParsedFilter> parser) {
        this.parser = parser;
    }

    /** What a text is. */
    public ParsedFilter parsed(String text) {
        return parsed.computeIfAbsent(text, parser);
    }
}

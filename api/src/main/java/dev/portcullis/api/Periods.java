package dev.portcullis.api;

/** How a period of days, weeks, months or years is written in a spec: ISO 8601, and longer than nothing. */
public final class Periods {
    /** The rule of the schema. Four digits: longer than anybody's data lives. */
    public static final String RULE =
            "self.matches('^P([0-9]{1,4}Y)?([0-9]{1,4}M)?([0-9]{1,4}W)?([0-9]{1,4}D)?$') && self.matches('[1-9]')";

    private Periods() {}
}

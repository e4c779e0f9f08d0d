package dev.portcullis.engine.facts;

/** Texts cut to what the schema bounds. */
public final class Shortened {
    private Shortened() {}

    /** At most so many characters; never half of one that takes two, which would be stored as another text than was written. */
    public static String to(int most, String text) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}

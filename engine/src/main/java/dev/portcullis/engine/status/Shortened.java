package dev.portcullis.engine.status;

/** Texts cut to what the schema bounds. */
final class Shortened {
    private Shortened() {}

    /** At most so many characters; never half of one that takes two, which would be stored as another text than was written. */
    static String to(int most, String text) {
        if (text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}

package dev.portcullis.engine.review;

/**
 * Texts of others on a terminal: every character that is not seen as one (controls, escapes, line separators, what turns the direction of writing, what takes no room) is
 * written as its number, so that no text can move the cursor, colour a word or begin a line of its own.
 */
public final class Printable {
    private static final int BIGGEST_OF_FOUR_DIGITS = 0xFFFF;

    private Printable() {}

    /** The text in one line. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '\\') {
                line.append("\\\\");
            } else if (point == '\n') {
                line.append("\\n");
            } else if (isSeen(point)) {
                line.appendCodePoint(point);
            } else {
                line.append(point <= BIGGEST_OF_FOUR_DIGITS ? "\\u%04x".formatted(point) : "\\u{%x}".formatted(point));
            }
        });
        return line.toString();
    }

    private static boolean isSeen(int point) {
        if (point == ' ') {
            return true;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}

package dev.portcullis.cli.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** Values in messages. Long ones are cut, since people know what they wrote; what cannot be seen is written as an escape. */
final class Printed {
    private static final int LONGEST = 160;

    private Printed() {}

    static String of(JsonNode value) {
        if (value.isTextual()) {
            return of(value.textValue());
        }
        return cut(value.isNumber() ? number(value.decimalValue()) : value.toString());
    }

    static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().limit(LONGEST).forEach(point -> append(point, quoted));
        return cut(quoted.append('"').toString());
    }

    static String number(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST / 2)) + "...";
    }

    private static void append(int point, StringBuilder quoted) {
        switch (point) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            default -> {
                if (isSeen(point)) {
                    quoted.appendCodePoint(point);
                } else {
                    quoted.append(String.format(Character.isBmpCodePoint(point) ? "\\u%04x" : "\\U%08x", point));
                }
            }
        }
    }

    private static boolean isSeen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }
}

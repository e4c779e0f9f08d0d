package dev.portcullis.cli.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;

/** Values in messages. Long ones are cut: people know what they wrote. */
final class Printed {
    private static final int LONGEST = 160;

    private Printed() {}

    static String of(JsonNode value) {
        String text = value.isNumber() ? number(value.decimalValue()) : value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST / 2)) + "...";
    }

    static String of(String text) {
        return of(TextNode.valueOf(text));
    }

    static String number(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}

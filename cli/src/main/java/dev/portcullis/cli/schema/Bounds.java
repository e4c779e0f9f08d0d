package dev.portcullis.cli.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long, how many, how large a value may be. Texts are counted in code points.
 *
 * @param pattern what a text must have in it, in the API server's own kind of regular expression
 */
record Bounds(
        @Nullable Long minLength,
        @Nullable Long maxLength,
        @Nullable Pattern pattern,
        @Nullable Long minItems,
        @Nullable Long maxItems,
        @Nullable Long minProperties,
        @Nullable Long maxProperties,
        @Nullable BigDecimal minimum,
        @Nullable BigDecimal maximum) {
    static final Bounds NONE = new Bounds(null, null, null, null, null, null, null, null, null);

    void check(JsonNode value, FieldPath path, List<Refusal> refusals) {
        if (value.isTextual()) {
            checkText(value.textValue(), path, refusals);
        } else if (value.isNumber()) {
            checkNumber(value, path, refusals);
        } else if (value.isArray()) {
            checkCount(value.size(), minItems, maxItems, "items", path, refusals);
        } else if (value.isObject()) {
            checkCount(value.size(), minProperties, maxProperties, "properties", path, refusals);
        }
    }

    /** As the API server, the first that is wrong. */
    private void checkText(String text, FieldPath path, List<Refusal> refusals) {
        int length = text.codePointCount(0, text.length());
        if (maxLength != null && length > maxLength) {
            refusals.add(Refusal.blocking(path, "Too long: may not be more than " + maxLength + " bytes"));
        } else if (minLength != null && length < minLength) {
            refusals.add(inBody(path, Printed.of(text), "should be at least " + minLength + " chars long"));
        } else if (pattern != null && !pattern.matcher(text).find()) {
            refusals.add(inBody(path, Printed.of(text), "should match '" + pattern.pattern() + "'"));
        }
    }

    private void checkNumber(JsonNode value, FieldPath path, List<Refusal> refusals) {
        BigDecimal number = value.decimalValue();
        if (minimum != null && number.compareTo(minimum) < 0) {
            refusals.add(
                    inBody(path, Printed.of(value), "should be greater than or equal to " + Printed.number(minimum)));
        }
        if (maximum != null && number.compareTo(maximum) > 0) {
            refusals.add(inBody(path, Printed.of(value), "should be less than or equal to " + Printed.number(maximum)));
        }
    }

    private static void checkCount(
            int count, @Nullable Long least, @Nullable Long most, String what, FieldPath path, List<Refusal> refusals) {
        if (least != null && count < least) {
            refusals.add(inBody(path, Integer.toString(count), "should have at least " + least + " " + what));
        }
        if (most != null && count > most) {
            // the API server counts items here, whatever they are
            refusals.add(Refusal.blocking(path, "Too many: " + count + ": must have at most " + most + " items"));
        }
    }

    private static Refusal inBody(FieldPath path, String value, String what) {
        return Refusal.inBody(path, "Invalid value: " + value + ": " + path.nameInBody() + " in body " + what);
    }
}

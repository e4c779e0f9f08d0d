package dev.portcullis.platform.postgresql.filter;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a column may be that a filter looks at: types of the server's own, whose comparisons are the server's own too. Whatever a provider makes, domains aside,
 * could bring functions along that run when it is compared. A domain is what it is made of, since nothing that belongs to it runs then.
 */
public enum ColumnType {
    BOOL,
    INT2,
    INT4,
    INT8,
    NUMERIC,
    FLOAT4,
    FLOAT8,
    TEXT,
    VARCHAR,
    BPCHAR,
    DATE,
    TIMESTAMP,
    TIMESTAMPTZ,
    TIME,
    UUID;

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final DateTimeFormatter DAY = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendLiteral('-')
            .appendValue(ChronoField.MONTH_OF_YEAR, 2)
            .appendLiteral('-')
            .appendValue(ChronoField.DAY_OF_MONTH, 2)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter CLOCK = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.HOUR_OF_DAY, 2)
            .appendLiteral(':')
            .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
            .optionalStart()
            .appendLiteral(':')
            .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
            .optionalStart()
            .appendFraction(ChronoField.MICRO_OF_SECOND, 1, 6, true)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter MOMENT = new DateTimeFormatterBuilder()
            .append(DAY)
            .appendPattern("['T'][' ']")
            .append(CLOCK)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    /** Without an offset it would be whatever the time zone of the operator's session is. */
    private static final DateTimeFormatter MOMENT_SOMEWHERE = new DateTimeFormatterBuilder()
            .append(MOMENT)
            .appendOffset("+HH:MM", "Z")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    /** In seconds; the first offset that the server refuses. */
    private static final int FARTHEST_ZONE = 16 * 60 * 60;

    /** The type that the server's catalogue calls this, where filters may look at it. */
    public static Optional<ColumnType> of(String name) {
        return Stream.of(values())
                .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /** As pg_catalog has it; what is compared as text, as text. */
    String sqlName() {
        return this == VARCHAR ? TEXT.sqlName() : name().toLowerCase(Locale.ROOT);
    }

    boolean isText() {
        return this == TEXT || this == VARCHAR || this == BPCHAR;
    }

    /** Why a value is none of this type, as what to write instead; empty where it is one. Nothing of it is left to what the server makes of a text. */
    Optional<String> problem(Value value) {
        String expected = switch (this) {
            case BOOL -> value instanceof Value.Truth ? "" : "true or false";
            case INT2 -> whole(value, 15);
            case INT4 -> whole(value, 31);
            case INT8 -> whole(value, 63);
            case NUMERIC, FLOAT8 -> value instanceof Value.Digits ? "" : "a number";
            case FLOAT4 ->
                value instanceof Value.Digits && Float.isFinite(Float.parseFloat(value.text()))
                        ? ""
                        : "a number of less than 39 digits before the point";
            case TEXT, VARCHAR, BPCHAR -> value instanceof Value.Text ? "" : "a text in ''";
            case UUID ->
                value instanceof Value.Text && UUID_FORM.matcher(value.text()).matches()
                        ? ""
                        : "a UUID as '123e4567-e89b-12d3-a456-426614174000'";
            case DATE -> time(value, text -> LocalDate.parse(text, DAY), "a date as '2026-11-22', from year 0001 on");
            case TIME -> time(value, text -> LocalTime.parse(text, CLOCK), "a time as '12:30:00'");
            case TIMESTAMP ->
                time(
                        value,
                        text -> LocalDateTime.parse(text, MOMENT),
                        "a date and a time as '2026-11-22 12:30:00', from year 0001 on");
            case TIMESTAMPTZ ->
                time(
                        value,
                        text -> OffsetDateTime.parse(text, MOMENT_SOMEWHERE),
                        "an instant as '2026-11-22T12:30:00Z' or with an offset as '+01:00' of at most 15:59, from year 0001 on");
        };
        return expected.isEmpty() ? Optional.empty() : Optional.of(expected);
    }

    private static String whole(Value value, int bits) {
        return value instanceof Value.Digits number
                        && number.isWhole()
                        && new BigInteger(number.text()).bitLength() <= bits
                ? ""
                : "a whole number of at most " + (bits + 1) + " bits";
    }

    private interface Reader {
        TemporalAccessor read(String text);
    }

    /** The server's calendar has no year 0, and its day no zone further away. */
    private static boolean isKnownToTheServer(TemporalAccessor time) {
        return (!time.isSupported(ChronoField.YEAR) || time.get(ChronoField.YEAR) > 0)
                && (!time.isSupported(ChronoField.OFFSET_SECONDS)
                        || Math.abs(time.get(ChronoField.OFFSET_SECONDS)) < FARTHEST_ZONE);
    }

    private static String time(Value value, Reader reader, String expected) {
        try {
            if (value instanceof Value.Text) {
                return isKnownToTheServer(reader.read(value.text())) ? "" : expected;
            }
            return expected;
        } catch (DateTimeException e) {
            return expected;
        }
    }
}

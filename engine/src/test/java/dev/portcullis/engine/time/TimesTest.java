package dev.portcullis.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Bounds;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    private static final Pattern SCHEMA = Pattern.compile(Bounds.MOMENT_PATTERN);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T12:00:00Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
                "2028-02-29T00:00:00Z",
                "-0001-12-31T10:00:00Z",
                "-0010-12-31T10:00:00Z",
                "-0100-12-31T10:00:00Z",
                "-9999-12-31T10:00:00Z",
                "-10000-12-31T10:00:00Z"
            })
    void whatIsWrittenHasThePatternAndIsReadAsItWas(String text) {
        assertThat(Times.text(Instant.parse(text))).isEqualTo(text).matches(SCHEMA);
        assertThat(Times.moment(text)).isEqualTo(Instant.parse(text));
    }

    /** Whoever writes a status by hand must not be able to bring those to a halt who read it. */
    @Test
    void whateverHasThePatternIsAMoment() {
        Stream.of("-999999999", "-0001", "0000", "0004", "1900", "2026", "2028", "9999", "+10000", "+999999999")
                .flatMap(year -> numbers(1, 12).map(month -> year + "-" + month))
                .flatMap(month -> numbers(1, 31).map(day -> month + "-" + day))
                .flatMap(day -> Stream.of("T00:00:00Z", "T23:59:59.999999999Z").map(time -> day + time))
                .forEach(text -> {
                    assertThat(text).matches(SCHEMA);
                    Instant moment = Times.moment(text);
                    assertThat(moment).as(text).isBetween(Instant.MIN, Instant.MAX);
                    assertThat(Limits.after(moment, "P1Y")).as(text).isAfterOrEqualTo(moment);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-31T12:00:00Z", "2026-02-30T12:00:00Z"})
    void aDayThatThereIsNotIsTheLastOfItsMonth(String text) {
        assertThat(text).matches(SCHEMA);
        assertThat(Times.moment(text)).isEqualTo(Instant.parse("2026-02-28T12:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "P", "P1H", "P99999999999Y", "P999999999Y", "-P1"})
    void whatIsNoPeriodAllowsNothing(String period) {
        Instant from = Instant.parse("2026-11-22T12:00:00Z");

        assertThat(Limits.after(from, period)).isEqualTo(from);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2026-11-22",
                "2026-11-22T12:00:00",
                "2026-11-22T12:00:00+01:00",
                "2026-11-22T24:00:00Z",
                "2026-11-22T12:60:00Z",
                "2026-11-22T12:00:60Z",
                "2026-13-22T12:00:00Z",
                "2026-00-22T12:00:00Z",
                "2026-11-32T12:00:00Z",
                "2026-11-00T12:00:00Z",
                "-0000-11-22T12:00:00Z",
                "-00001-11-22T12:00:00Z",
                "+2026-11-22T12:00:00Z",
                "+1000000000-11-22T12:00:00Z",
                "2026-11-22T12:00:00.Z",
                "x2026-11-22T12:00:00Z"
            })
    void whatIsNoMomentHasNot(String text) {
        assertThat(SCHEMA.matcher(text).find()).isFalse();
    }

    private static Stream<String> numbers(int from, int to) {
        return Stream.iterate(from, number -> number + 1).limit(to - from + 1L).map("%02d"::formatted);
    }
}

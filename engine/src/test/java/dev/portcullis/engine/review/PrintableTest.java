package dev.portcullis.engine.review;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others wrote is a text on a terminal, and nothing else. */
class PrintableTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            delimiter = '|',
            value = {
                "Für Müller & Söhne (ß, 漢字, 🚀)|Für Müller & Söhne (ß, 漢字, 🚀)",
                "a\u001b[2Jb|a\\u001b[2Jb",
                "a\u009b31mb|a\\u009b31mb",
                "a\u0007\u0008\u007fb|a\\u0007\\u0008\\u007fb",
                "a\u2028b\u2029c\u0085d|a\\u2028b\\u2029c\\u0085d",
                "a\u202eb\u2066c\u200bd\ufeffe|a\\u202eb\\u2066c\\u200bd\\ufeffe",
                "a\u00a0\u3000b|a\\u00a0\\u3000b",
                "a\ud800b|a\\ud800b",
                "\udb40\udc41|\\u{e0041}",
                "a\\nb|a\\\\nb"
            })
    void isSeenAsItIs(String text, String printed) {
        assertThat(Printable.line(text)).isEqualTo(printed);
    }

    @Test
    void isOneLine() {
        assertThat(Printable.line("one\ntwo\r\nthree\ttabs")).isEqualTo("one\\ntwo\\u000d\\nthree\\u0009tabs");
    }

    @Property
    void hasNoControls(@ForAll String text) {
        assertThat(Printable.line(text).chars()).noneMatch(Character::isISOControl);
    }
}

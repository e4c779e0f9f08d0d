package dev.portcullis.platform.postgresql.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.postgresql.sql.Identifier;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkTest {
    private static final Owner OWNER = new Owner("install-1", "warehouse");
    private static final PortId PORT = new PortId("uid", "checkout", "orders-v1");

    private record Text(String canonical) implements Profile {
        @Override
        public SnapshotObjects toSnapshot() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void isReadable() {
        assertThat(Mark.of(OWNER, PORT).text())
                .isEqualTo("portcullis/1 installation=install-1 platform=warehouse port=uid name=checkout/orders-v1");
        assertThat(Mark.of(OWNER, PORT).asRetired().text()).endsWith("orders-v1 retired");
    }

    @Property
    void isReadBackAsWritten(
            @ForAll @AlphaChars @Chars({' ', '/', '=', '%', '\'', '\\', '\u00e4', '\n'}) @StringLength(max = 8)
                    String a,
            @ForAll @AlphaChars @Chars({' ', '/', '=', '%', '\'', '\\', '\u00e4', '\n'}) @StringLength(max = 8)
                    String b,
            @ForAll @AlphaChars @Chars({' ', '/', '=', '%', '\'', '\\', '\u00e4', '\n'}) @StringLength(max = 8)
                    String c,
            @ForAll Mark.Use use) {
        Mark mark = new Mark(new Owner(a, b), new PortId(c, a, b), use);
        assertThat(Mark.parse(mark.text())).contains(mark);
        assertThat(mark.text()).doesNotContain("'", "\\", "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "somebody's role",
                "portcullis/1",
                "portcullis/2 installation=a platform=b port=c name=d/e",
                "portcullis/1 installation=a platform=b port=c name=d",
                "portcullis/1 installation=a platform=b port=c name=d/e and more",
                " portcullis/1 installation=a platform=b port=c name=d/e",
                "portcullis/1 installation=%zz platform=b port=c name=d/e"
            })
    void othersCommentsAreNoMarks(String comment) {
        assertThat(Mark.parse(comment)).isEmpty();
    }

    /** Whoever may create roles may comment on them at any length. */
    @Test
    void aLongCommentIsReadAtOnce() {
        String start = "portcullis/1 installation=a platform=b port=c name=";
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(Mark.parse(start + "/".repeat(400_000) + " x")).isEmpty();
            assertThat(Mark.parse(start + "/".repeat(Mark.LONGEST - start.length() - 2) + " x"))
                    .isEmpty();
        });
        String longest = start + "d/" + "e".repeat(Mark.LONGEST - start.length() - 2);
        assertThat(Mark.parse(longest)).isPresent();
        assertThat(Mark.parse(longest + "e")).isEmpty();
    }

    @Test
    void theLongestNamesThereAreMakeAMark() {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(61));
        Mark mark = Mark.of(new Owner(longest, longest), new PortId("u".repeat(36), label, longest));
        assertThat(Mark.parse(mark.asRetired().text())).contains(mark.asRetired());
    }

    @Test
    void namesFitAndNeedNoQuotes() {
        PortId longest = new PortId("uid", "ns", "a".repeat(63));
        String name = RoleName.of(OWNER, longest, new Text("x"));
        assertThat(name).hasSize(63).matches("portcullis_a+_[0-9a-v]{16}");
        assertThat(RoleName.possible(name)).isTrue();
        assertThat(RoleName.of(OWNER, PORT, new Text("x"))).startsWith("portcullis_orders_v1_");
        assertThat(Identifier.problem(name)).isEmpty();
        String retired = RoleName.retired(Mark.of(OWNER, PORT), 4294967295L, taken -> false);
        assertThat(retired).startsWith("portcullis_retired_").matches("[a-z0-9_]{1,63}");
    }

    @Test
    void everyPartCounts() {
        String name = RoleName.of(OWNER, PORT, new Text("x"));
        assertThat(RoleName.of(OWNER, PORT, new Text("x"))).isEqualTo(name);
        assertThat(RoleName.of(OWNER, PORT, new Text("y"))).isNotEqualTo(name);
        assertThat(RoleName.of(new Owner("install-2", "warehouse"), PORT, new Text("x")))
                .isNotEqualTo(name);
        assertThat(RoleName.of(new Owner("install-1", "lake"), PORT, new Text("x")))
                .isNotEqualTo(name);
        assertThat(RoleName.of(OWNER, new PortId("uid2", "checkout", "orders-v1"), new Text("x")))
                .isNotEqualTo(name);
        assertThat(RoleName.of(new Owner("ab", "c"), PORT, new Text("x")))
                .isNotEqualTo(RoleName.of(new Owner("a", "bc"), PORT, new Text("x")));
    }

    /** Roles on servers bear these names: another version of the program must compute the same. */
    @Test
    void theNameStaysTheSameForEver() {
        assertThat(RoleName.of(OWNER, PORT, new Text("postgresql/1 \"shop\".\"sales\" \"orders\"")))
                .isEqualTo("portcullis_orders_v1_hu8o7jp2ph1lil6c");
    }
}

package dev.portcullis.platform.postgresql.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QuotingTest {
    @Test
    void identifiers() {
        assertThat(Identifier.quote("orders")).isEqualTo("\"orders\"");
        assertThat(Identifier.quote("a\"b;--")).isEqualTo("\"a\"\"b;--\"");
        assertThat(Identifier.quote("sales", "orders")).isEqualTo("\"sales\".\"orders\"");
    }

    @Property
    void aQuotedNameEndsWhereItShould(@ForAll String name) {
        String quoted = Identifier.quote(name);
        String inner = quoted.substring(1, quoted.length() - 1);
        assertThat(quoted).startsWith("\"").endsWith("\"");
        assertThat(inner.replace("\"\"", "")).doesNotContain("\"");
        assertThat(inner.replace("\"\"", "\"")).isEqualTo(name);
    }

    @Property
    void aQuotedTextEndsWhereItShould(@ForAll String text) {
        String quoted = Literal.quote(text);
        boolean escapes = quoted.startsWith("E'");
        String inner = quoted.substring(escapes ? 2 : 1, quoted.length() - 1);
        assertThat(escapes).isEqualTo(text.contains("\\"));
        assertThat(inner.replace("''", "")).doesNotContain("'");
        String undone = inner.replace("''", "'");
        assertThat(escapes ? undone.replace("\\\\", "\\") : undone).isEqualTo(text);
    }

    @Test
    void impossibleNames() {
        assertThat(Identifier.problem("a".repeat(63))).isEmpty();
        assertThat(Identifier.problem("a".repeat(64)))
                .hasValueSatisfying(what -> assertThat(what).contains("64 bytes"));
        assertThat(Identifier.problem("\u00e4".repeat(32)))
                .hasValueSatisfying(what -> assertThat(what).contains("64 bytes"));
        assertThat(Identifier.problem("\u00e4".repeat(31))).isEmpty();
        assertThat(Identifier.problem("")).isPresent();
        assertThat(Identifier.problem("a\u0000")).isPresent();
        assertThat(Identifier.problem("a\tb")).isPresent();
        assertThat(Identifier.problem("\ud83d")).isPresent();
        assertThat(Identifier.problem("\ud83d\ude80")).isEmpty();
    }

    @Test
    void statements() {
        SqlObject.Table table = new SqlObject.Table("shop", "sales", "or\"ders");
        Privilege whole = new Privilege("SELECT", table);
        Privilege columns = new Privilege("SELECT", new SqlObject.Columns(table, new TreeSet<>(List.of("b", "a"))));
        assertThat(whole.grantTo("r;")).isEqualTo("GRANT SELECT ON TABLE \"sales\".\"or\"\"ders\" TO \"r;\"");
        assertThat(columns.grantTo("r"))
                .isEqualTo("GRANT SELECT (\"a\", \"b\") ON TABLE \"sales\".\"or\"\"ders\" TO \"r\"");
        assertThat(columns.revokeFrom("r"))
                .isEqualTo("REVOKE SELECT (\"a\", \"b\") ON TABLE \"sales\".\"or\"\"ders\" FROM \"r\" CASCADE");
        assertThat(new Privilege("CONNECT", new SqlObject.Database("a b")).grantTo("r"))
                .isEqualTo("GRANT CONNECT ON DATABASE \"a b\" TO \"r\"");
    }

    @Test
    void columnsOfOneTableArePutTogether() {
        SqlObject.Table table = new SqlObject.Table("shop", "sales", "orders");
        SqlObject.Table other = new SqlObject.Table("shop", "sales", "items");
        Privilege usage = new Privilege("USAGE", new SqlObject.Schema("shop", "sales"));
        assertThat(Privilege.merged(List.of(
                        new Privilege("SELECT", SqlObject.Columns.of(table, "b")),
                        new Privilege("SELECT", SqlObject.Columns.of(other, "a")),
                        new Privilege("UPDATE", SqlObject.Columns.of(table, "a")),
                        new Privilege("SELECT", SqlObject.Columns.of(table, "a")),
                        usage)))
                .containsExactlyInAnyOrder(
                        usage,
                        new Privilege("SELECT", new SqlObject.Columns(table, new TreeSet<>(List.of("a", "b")))),
                        new Privilege("SELECT", SqlObject.Columns.of(other, "a")),
                        new Privilege("UPDATE", SqlObject.Columns.of(table, "a")));
    }
}

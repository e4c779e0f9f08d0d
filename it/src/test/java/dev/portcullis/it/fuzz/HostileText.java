package dev.portcullis.it.fuzz;

import java.util.List;
import java.util.Random;

/** Texts that mean something to somebody: to parsers, terminals, databases, shells and whoever evaluates expressions. */
final class HostileText {
    private static final List<String> KNOWN = List.of(
            "",
            " ",
            "\n",
            "\t",
            "\r\n",
            "\u0000",
            "a\u0000b",
            "\u0007\u001b[2J\u001b[31mred",
            "\u001b]0;title\u0007",
            "\u007f\u0080\u0085\u2028\u2029",
            "\ufeff",
            "\ufffe\uffff",
            "\ud800",
            "a\udc00b",
            "\u202eesrever\u202c",
            "\u200b\u200d\u2060",
            "e\u0301e\u0301",
            "\u0130\u0131\u00df\u212a",
            "日本語",
            "\ud83d\ude80".repeat(16),
            "null",
            "~",
            "yes",
            "0x1F",
            "1e999",
            "NaN",
            ".inf",
            "*a",
            "&a",
            "!!java/x",
            "<<",
            "---",
            "...",
            "%YAML 9.9",
            "{{ .Values.x }}",
            "${jndi:ldap://127.0.0.1/x}",
            "$(id)",
            "`id`",
            "; DROP TABLE orders; --",
            "\"; ALTER ROLE portcullis SUPERUSER; --",
            "'",
            "\"",
            "\\",
            "%s%n%x%1$1000000s",
            "../../../etc/passwd",
            "/",
            "a/b/c",
            "<script>alert(1)</script>",
            "@here <!channel>",
            "(a+)+$",
            "pg_monitor",
            "public",
            "postgres",
            "portcullis",
            "system:masters",
            "true",
            "false",
            "1 / 0 == 1",
            "[1, 2][9] == 1",
            "'a'.matches('(((a*)*)*)*b')",
            "[1,2,3,4,5,6,7,8].all(a, [1,2,3,4,5,6,7,8].all(b, [1,2,3,4,5,6,7,8].all(c, a + b + c > 0)))",
            "beneficiaries.all(b, b.name.size() > 0)",
            "request.purpose == null",
            "9999-12-31",
            "0000-01-01",
            "-0001-01-01T00:00:00Z",
            "2027-02-30",
            "2027-01-01T00:00:00.123456789+18:00",
            "P9999Y",
            "P2147483648D",
            "P1D",
            "1h",
            "99999999h",
            "External",
            "Manual",
            "approved",
            "revoked",
            "rejected");

    private static final List<Integer> LENGTHS = List.of(
            62, 63, 64, 65, 127, 128, 129, 253, 254, 255, 256, 257, 512, 1023, 1024, 1025, 2000, 2001, 4096, 4097,
            20_000, 80_000);

    private static final List<String> LETTERS =
            List.of("a", "ä", "名", "\ud83d\ude80", "a ", "\\", "\"", "(", "[", "\u0001", "\n", "a,");

    private HostileText() {}

    static String any(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> one(random, LETTERS).repeat(one(random, LENGTHS));
            case 1 -> noise(random);
            case 2 -> one(random, KNOWN) + one(random, KNOWN);
            default -> one(random, KNOWN);
        };
    }

    /** Characters of all planes, halves of them too. */
    private static String noise(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextInt(0x80);
                        case 1 -> random.nextInt(0x10000);
                        case 2 -> random.nextInt(Character.MAX_CODE_POINT + 1);
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return text.toString();
    }

    static <T> T one(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}

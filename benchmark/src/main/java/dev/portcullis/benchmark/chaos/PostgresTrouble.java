package dev.portcullis.benchmark.chaos;

import java.time.Duration;

/** What an administrator or a full disk does to PostgreSQL, by SQL; new connections feel it, and those that are open end. */
record PostgresTrouble(Kind kind) implements Fault {
    enum Kind {
        NO_CONNECTIONS(
                "ALTER ROLE portcullis_login CONNECTION LIMIT 1", "ALTER ROLE portcullis_login CONNECTION LIMIT -1"),
        NO_LOGIN("ALTER ROLE portcullis_login NOLOGIN", "ALTER ROLE portcullis_login LOGIN"),
        READ_ONLY(
                "ALTER ROLE portcullis_login SET default_transaction_read_only = on",
                "ALTER ROLE portcullis_login RESET default_transaction_read_only"),
        STATEMENTS_FAIL(
                "ALTER ROLE portcullis_login SET statement_timeout = '3ms'",
                "ALTER ROLE portcullis_login RESET statement_timeout");

        private final String begin;
        private final String end;

        Kind(String begin, String end) {
            this.begin = begin;
            this.end = end;
        }
    }

    private static final String END_CONNECTIONS =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'portcullis_login'";

    @Override
    public void begin(Servers servers) {
        servers.shop().execute("postgres", kind.begin);
        servers.shop().execute("postgres", END_CONNECTIONS);
    }

    @Override
    public void end(Servers servers) {
        servers.shop().execute("postgres", kind.end);
        // what was opened meanwhile is as it was then
        servers.shop().execute("postgres", END_CONNECTIONS);
    }

    @Override
    public Duration recovery(Duration lasted) {
        return Recovery.ofPlatform(lasted);
    }

    @Override
    public String title() {
        return "PostgresTrouble " + kind;
    }
}

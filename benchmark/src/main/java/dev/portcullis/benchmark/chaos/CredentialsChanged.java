package dev.portcullis.benchmark.chaos;

import java.time.Duration;

/** The operator's password changes on the server, and in the Secret only when it is mended. */
record CredentialsChanged(String password) implements Fault {
    @Override
    public void begin(Servers servers) {
        servers.shop().execute("postgres", "ALTER ROLE portcullis_login PASSWORD '" + password + "'");
        servers.shop()
                .execute(
                        "postgres",
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'portcullis_login'");
    }

    @Override
    public void end(Servers servers) {
        servers.writeCredentials(password);
    }

    @Override
    public Duration recovery(Duration lasted) {
        return Recovery.ofPlatform(lasted);
    }

    @Override
    public String title() {
        return getClass().getSimpleName();
    }
}

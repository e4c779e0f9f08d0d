package dev.portcullis.cli.adopt;

import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.platform.PostgresqlServer.SslMode;
import dev.portcullis.api.platform.SecretReference;
import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.manifests.SourceFile;
import dev.portcullis.platform.Credentials;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbcurlresolver.PgPassParser;

/** How to log in to a server: what was said, else what the environment says in libpq's words. */
record LoginOptions(
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String user,
        @Nullable String sslMode,
        Map<String, String> environment) {
    private static final int PORT = 5432;

    /** No Secret is read: the login is the caller's own. */
    private static final SecretReference NO_SECRET = new SecretReference("none", "none");

    /** @param said by options */
    List<String> databases(List<String> said) {
        return said.isEmpty() ? List.of(given(null, "PGDATABASE", "database (-d)")) : said;
    }

    PostgresqlServer server(String database) {
        return new PostgresqlServer(
                given(host, "PGHOST", "host (-h)"), portNumber(), database, null, mode(), null, NO_SECRET);
    }

    /** The password is never said on the command line, where others of the machine would see it. */
    Credentials credentials(String database) {
        String login = given(user, "PGUSER", "user (-U)");
        String password = value("PGPASSWORD")
                .or(() -> Optional.ofNullable(PgPassParser.getPassword(
                        given(host, "PGHOST", "host (-h)"), String.valueOf(portNumber()), database, login)))
                .orElse("");
        return new Credentials(
                login,
                password,
                value("PGSSLROOTCERT")
                        .map(file -> SourceFile.read(Path.of(file)).text()));
    }

    private int portNumber() {
        try {
            return port == null ? value("PGPORT").map(Integer::valueOf).orElse(PORT) : port;
        } catch (NumberFormatException e) {
            throw CannotBeDone.asWritten("PGPORT is no number: " + environment.get("PGPORT"));
        }
    }

    private SslMode mode() {
        String word = Stream.of(Optional.ofNullable(sslMode), value("PGSSLMODE"))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(SslMode.VERIFY_FULL.word());
        return Arrays.stream(SslMode.values())
                .filter(mode -> mode.word().equals(word))
                .findFirst()
                .orElseThrow(() -> CannotBeDone.asWritten("sslmode " + word + " is not offered here: it is one of "
                        + List.of(SslMode.values()).stream().map(SslMode::word).collect(Collectors.joining(", "))));
    }

    private String given(@Nullable String option, String variable, String what) {
        return Optional.ofNullable(option)
                .or(() -> value(variable))
                .orElseThrow(() -> CannotBeDone.asWritten("say the " + what + ", or set " + variable));
    }

    private Optional<String> value(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isEmpty());
    }
}

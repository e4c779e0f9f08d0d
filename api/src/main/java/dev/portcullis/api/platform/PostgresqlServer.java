package dev.portcullis.api.platform;

import static dev.portcullis.api.Absent.or;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.portcullis.api.Bounds;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where a PostgreSQL server is and how the operator logs in. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.caSecret) || !has(self.sslMode) || self.sslMode != 'disable'",
        message =
                "nothing is checked against spec.postgresql.caSecret without TLS: set sslMode to verify-full, or leave caSecret out")
public record PostgresqlServer(
        @JsonPropertyDescription("Host name or address.")
        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
                value =
                        "self.matches('^([\\\\p{L}\\\\p{M}\\\\p{N}._-]*|\\\\[?[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.-]+)?\\\\]?)$')",
                message = "host is one host name or address; the port has a field of its own")
        String host,

        @JsonPropertyDescription("TCP port.") @Default("5432") @Min(1) @Max(65535)
        Integer port,

        @JsonPropertyDescription("Where the operator connects first.")
        @Default("postgres")
        @Size(min = 1, max = Bounds.IDENTIFIER)
        @ValidationRule(value = NO_CONTROLS, message = "database has a control character in it")
        String database,

        @JsonPropertyDescription("Role set in every transaction, so that logins may rotate. Absent: the login itself.")
        @Size(min = 1, max = Bounds.IDENTIFIER)
        @ValidationRule(value = NO_CONTROLS, message = "role has a control character in it")
        @Nullable
        String role,

        @JsonPropertyDescription("How far the server is authenticated, in libpq's words.") @Default("verify-full")
        SslMode sslMode,

        @JsonPropertyDescription("Secret with the key ca.crt: the certificates the server's is checked against.")
        @Nullable
        SecretReference caSecret,

        @JsonPropertyDescription("Secret of type kubernetes.io/basic-auth with the operator's login.") @Required
        SecretReference credentials) {

    /** As for the names of a port. The protocol ends a text with a zero, and what comes behind it gets no answer that anybody understands. */
    private static final String NO_CONTROLS = "!self.matches('\\\\p{Cc}')";

    public PostgresqlServer {
        port = or(port, 5432);
        database = or(database, "postgres");
        sslMode = or(sslMode, SslMode.VERIFY_FULL);
    }

    /** libpq's sslmode; the words are libpq's. */
    public enum SslMode {
        @JsonProperty("disable")
        DISABLE("disable"),
        @JsonProperty("require")
        REQUIRE("require"),
        @JsonProperty("verify-ca")
        VERIFY_CA("verify-ca"),
        @JsonProperty("verify-full")
        VERIFY_FULL("verify-full");

        private final String word;

        SslMode(String word) {
            this.word = word;
        }

        /** The word libpq and the JDBC driver know. */
        public String word() {
            return word;
        }
    }
}

package dev.portcullis.api.platform;

import static dev.portcullis.api.Absent.or;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/** How access is taken away. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Revoke(
        @JsonPropertyDescription(
                "Whether the sessions of whoever loses access are ended too: what a session has open it may go on reading. Below PostgreSQL 16 they are in any case.")
        @Default("false")
        Boolean terminateSessions) {
    static final Revoke DEFAULT = new Revoke(null);

    public Revoke(@Nullable Boolean terminateSessions) {
        this.terminateSessions = or(terminateSessions, false);
    }
}

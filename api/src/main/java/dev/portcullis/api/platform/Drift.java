package dev.portcullis.api.platform;

import static dev.portcullis.api.Absent.or;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** How often all is compared, and what is done about grants that nobody here made. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Drift(
        @JsonPropertyDescription("Time between two full comparisons, for example 5m or 30s; 1s at least.")
        @Default("5m")
        @Size(max = 16)
        @ValidationRule(
                value =
                        "self.matches('^([0-9]{1,5}(h|m|s)){1,3}$') && duration(self) >= duration('1s') && duration(self) <= duration('24h')",
                message = "interval is a duration from 1s to 24h, for example 5m")
        String interval,

        @JsonPropertyDescription(
                "What happens to grants on the operator's roles that somebody else made. Remove: they go. Report: they stay, and a condition names them.")
        @Default("Remove")
        Unmanaged unmanaged,

        @JsonPropertyDescription(
                "How many entitlements that no seen agreement ended may be taken away within an interval. More than that are held, and condition RemovalHeld lists them until the annotation portcullis.dev/confirm-removal confirms.")
        @Default("50")
        @Min(0)
        @Max(100000)
        Integer maxRemovals) {
    private static final int MAX_REMOVALS = 50;

    static final Drift DEFAULT = new Drift(null, null, null);

    /** What happens to grants on our roles that somebody else made. */
    public enum Unmanaged {
        Remove,
        Report
    }

    public Drift(@Nullable String interval, @Nullable Unmanaged unmanaged, @Nullable Integer maxRemovals) {
        this.interval = or(interval, "5m");
        this.unmanaged = or(unmanaged, Unmanaged.Remove);
        this.maxRemovals = or(maxRemovals, MAX_REMOVALS);
    }
}

package dev.portcullis.it.admission;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody writes a decision with {@code kubectl annotate}. With the mutating policy only what is said is sent; without it, a client sends the
 * whole record: who decided, who writes it down, and nothing of an earlier one.
 */
final class Decision implements Act {
    private static final String PREFIX = "portcullis.dev/";

    private final Map<String, @Nullable String> said;
    private final boolean whole;

    private Decision(Map<String, @Nullable String> said, boolean whole) {
        this.said = said;
        this.whole = whole;
    }

    static Decision decides(String value) {
        return new Decision(Map.of(), true).saying("decision", value);
    }

    Decision by(String who) {
        return saying("decided-by", who);
    }

    Decision recordedBy(String who) {
        return saying("recorded-by", who);
    }

    Decision reason(String reason) {
        return saying("decision-reason", reason);
    }

    Decision link(String link) {
        return saying("decision-link", link);
    }

    Decision metadata(String metadata) {
        return saying("decision-metadata", metadata);
    }

    Decision saying(String key, @Nullable String value) {
        Map<String, @Nullable String> more = new LinkedHashMap<>(said);
        more.put(PREFIX + key, value);
        return new Decision(more, whole);
    }

    /** Who decided and who records is said, whoever stamps; what an earlier decision left is not touched. */
    Decision bare() {
        return new Decision(said, false);
    }

    @Override
    public void by(String user, Target target, Cluster cluster) {
        Act.merges(Map.of("metadata", Map.of("annotations", annotations(user, cluster.mode()))))
                .by(user, target, cluster);
    }

    private Map<String, @Nullable String> annotations(String user, Mode mode) {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        if (mode == Mode.PLAIN) {
            all.put(PREFIX + "decided-by", user);
            all.put(PREFIX + "recorded-by", user);
            if (whole) {
                all.put(PREFIX + "decision-reason", null);
                all.put(PREFIX + "decision-metadata", null);
                if ("revoked".equals(said.get(PREFIX + "decision"))) {
                    all.put(PREFIX + "decision-link", null);
                }
            }
        }
        all.putAll(said);
        return all;
    }
}

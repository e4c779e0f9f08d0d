package dev.portcullis.operator.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.Transition;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionStatus;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.request.Requester;
import dev.portcullis.engine.status.AgreementStatusFactory;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.engine.status.WayConditions;
import dev.portcullis.engine.time.Times;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Way;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JSON line for every transition that was written to a status, on the logger {@code audit}: who may read what, since when, who allowed it.
 * Lines are written after the status, so that none tells of what was not recorded; what the end of a process may have kept from being told, {@link LatestAgain} tells.
 */
public final class AuditLog {
    private static final Logger AUDIT = LoggerFactory.getLogger("audit");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEYOND_LINE = "access-beyond";
    private static final String REMAINS_LINE = "access-remains";

    private AuditLog() {}

    public static void written(
            DataUsageAgreement agreement, @Nullable DataUsageAgreementStatus before, DataUsageAgreementStatus after) {
        boolean samePhase = before != null && before.phase() == after.phase();
        if (!samePhase) {
            write(phase(agreement, after, before == null ? null : before.phase(), last(after.history())));
        }
        Set<DecisionRecord> known = before == null || before.approval() == null
                ? Set.of()
                : Set.copyOf(before.approval().decisions());
        List<DecisionRecord> decisions =
                after.approval() == null ? List.of() : after.approval().decisions();
        decisions.stream()
                .filter(decision -> !known.contains(decision))
                .forEach(decision -> write(decision(agreement, after, decision)));
        Provisioning provisioning = after.provisioning();
        if (provisioning != null && !(before != null && sameProvisioning(before.provisioning(), provisioning))) {
            write(provisioning(agreement, after, provisioning));
        }
        Set<Object> said = before == null
                ? Set.of()
                : ways(agreement, before).map(line -> line.get("event")).collect(Collectors.toSet());
        ways(agreement, after).filter(line -> !said.contains(line.get("event"))).forEach(AuditLog::write);
    }

    static Map<String, Object> phase(
            DataUsageAgreement agreement, DataUsageAgreementStatus status, @Nullable Phase from, Transition to) {
        Map<String, Object> line = line("phase", agreement, status);
        line.put("at", to.at());
        line.put("from", from == null ? "" : from);
        line.put("to", to.phase());
        putIfPresent(line, "by", to.by());
        putIfPresent(line, "reason", to.reason());
        return line;
    }

    static Map<String, Object> decision(
            DataUsageAgreement agreement, DataUsageAgreementStatus status, DecisionRecord decision) {
        Map<String, Object> line = line("decision", agreement, status);
        line.put("at", decision.at());
        line.put("decision", decision);
        return line;
    }

    static Map<String, Object> provisioning(
            DataUsageAgreement agreement, DataUsageAgreementStatus status, Provisioning provisioning) {
        Map<String, Object> line = line("provisioning", agreement, status);
        putIfPresent(line, "at", provisioning.at());
        line.put("to", provisioning.status());
        line.put("principals", provisioning.principals());
        putIfPresent(line, "platform", provisioning.platform());
        putIfPresent(line, "reference", provisioning.reference());
        return line;
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    /** A line for each kind of way besides the agreement that its status names. */
    static Stream<Map<String, Object>> ways(DataUsageAgreement agreement, DataUsageAgreementStatus status) {
        return Stream.of(WayConditions.BEYOND, WayConditions.REMAINS)
                .flatMap(type -> Conditions.find(status.conditions(), type).stream())
                .map(said -> {
                    Map<String, Object> line = line(
                            said.type().equals(WayConditions.REMAINS) ? REMAINS_LINE : BEYOND_LINE, agreement, status);
                    line.put("at", said.lastTransitionTime());
                    line.put("ways", said.message());
                    return line;
                });
    }

    /** The agreement is let go, and others let its data be read all the same. */
    public static void accessRemains(DataUsageAgreement agreement, List<Way> ways, Instant at) {
        DataUsageAgreementStatus status = agreement.getStatus();
        if (status != null) {
            Map<String, Object> line = line(REMAINS_LINE, agreement, status);
            line.put("at", Times.text(at));
            line.put("ways", WayConditions.remains(ways));
            write(line);
        }
    }

    /**
     * The agreement was deleted, and what it alone explained was read back to be gone.
     *
     * @param notes what is to be known besides: its sessions may remain
     */
    public static void released(DataUsageAgreement agreement, List<Problem> notes, Instant at) {
        DataUsageAgreementStatus status = agreement.getStatus();
        if (status != null) {
            Map<String, Object> line = line("released", agreement, status);
            line.put("at", Times.text(at));
            if (!notes.isEmpty()) {
                line.put("notes", Problem.sentences(notes));
            }
            write(line);
        }
    }

    /** The agreement was deleted, and released without a look at the platform since somebody said that it is gone for good. */
    public static void orphaned(DataUsageAgreement agreement, Instant at) {
        DataUsageAgreementStatus status =
                agreement.getStatus() == null ? AgreementStatusFactory.NONE : agreement.getStatus();
        Map<String, Object> line = line("orphaned", agreement, status);
        line.put("at", Times.text(at));
        putIfPresent(line, "reason", Requester.orphanReason(agreement).orElse(null));
        putIfPresent(
                line,
                "principals",
                Optional.ofNullable(status.provisioning())
                        .map(Provisioning::principals)
                        .orElse(null));
        write(line);
    }

    /**
     * A comparison found something changed by hand on a platform, and put it right.
     *
     * @param what {@code granted-again} or {@code stranger-removed}
     */
    public static void repaired(String platform, String what, String portUid, Principal principal, Instant at) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", what);
        line.put("platform", platform);
        line.put("portUid", portUid);
        line.put("principal", principal.name());
        line.put("at", Times.text(at));
        write(line);
    }

    /** A status that this operator did not write was found and is put back; it tells what it claimed. */
    public static void discarded(DataUsageAgreement agreement, Instant at) {
        foreign("foreign-status", agreement, at);
    }

    /** A status that this operator did not write stays: it was put back several times, and decides what was found here too. */
    public static void kept(DataUsageAgreement agreement, Instant at) {
        foreign("foreign-status-kept", agreement, at);
    }

    private static void foreign(String event, DataUsageAgreement agreement, Instant at) {
        DataUsageAgreementStatus status = agreement.getStatus();
        if (status != null) {
            Map<String, Object> line = line(event, agreement, status);
            line.put("at", Times.text(at));
            putIfPresent(line, "claimed", status.approval());
            putIfPresent(line, "claimedAccess", status.provisioning());
            write(line);
        }
    }

    /** A Decision counts for nothing, and never will. */
    public static void refused(Decision decision, DecisionStatus why) {
        write(refusal(decision, why));
    }

    static Map<String, Object> refusal(Decision decision, DecisionStatus why) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", "decision-refused");
        line.put(
                "agreement",
                decision.getSpec().agreement().namespace() + "/"
                        + decision.getSpec().agreement().name());
        line.put(
                "port",
                decision.getMetadata().getNamespace() + "/" + decision.getSpec().outputPort());
        putIfPresent(line, "at", why.at());
        line.put("name", decision.getMetadata().getName());
        line.put("decisionUid", decision.getMetadata().getUid());
        line.put("decision", decision.getSpec().decision());
        putIfPresent(line, "by", decision.getSpec().by());
        putIfPresent(line, "recordedBy", decision.getSpec().recordedBy());
        putIfPresent(line, "reason", why.reason());
        putIfPresent(line, "message", why.message());
        return line;
    }

    private static boolean sameProvisioning(@Nullable Provisioning before, Provisioning after) {
        return before != null
                && before.status() == after.status()
                && Objects.equals(before.principals(), after.principals());
    }

    private static Map<String, Object> line(
            String event, DataUsageAgreement agreement, DataUsageAgreementStatus after) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event);
        line.put(
                "agreement",
                agreement.getMetadata().getNamespace() + "/"
                        + agreement.getMetadata().getName());
        line.put("uid", agreement.getMetadata().getUid());
        line.put(
                "port",
                agreement.getSpec().provider().namespace() + "/"
                        + agreement.getSpec().provider().outputPort());
        putIfPresent(line, "consumer", after.consumer());
        putIfPresent(line, "requestedBy", Requester.requestedBy(agreement).orElse(null));
        line.put("purpose", agreement.getSpec().purpose());
        return line;
    }

    private static void putIfPresent(Map<String, Object> line, String key, @Nullable Object value) {
        Optional.ofNullable(value).ifPresent(present -> line.put(key, present));
    }

    static void write(Map<String, Object> line) {
        try {
            AUDIT.info("{}", JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }
}

package dev.portcullis.operator.report;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.Transition;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionStatus.Outcome;
import dev.portcullis.engine.status.AgreementStatusFactory;
import dev.portcullis.engine.time.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells the audit log again, after a start, what was recorded last before it: a process may end after a status was written and before that was told, and then nobody would.
 * The lines have {@code "again": true}, since most of them have been told.
 */
public final class LatestAgain {
    /** From the latest moment that any agreement tells of, however long ago that is. */
    private static final Duration LATEST = Duration.ofMinutes(2);

    private LatestAgain() {}

    /** @param now what is later is nothing that was recorded */
    public static void tell(Collection<DataUsageAgreement> agreements, Collection<Decision> filed, Instant now) {
        List<Decision> refused = filed.stream()
                .filter(decision ->
                        decision.getStatus() != null && decision.getStatus().outcome() == Outcome.Refused)
                .toList();
        Stream<String> moments = Stream.concat(
                agreements.stream().flatMap(agreement -> moments(agreement.getStatus())),
                refused.stream()
                        .flatMap(decision ->
                                Stream.ofNullable(decision.getStatus().at())));
        latest(moments, Times.text(now))
                .map(last -> Times.text(last.minus(LATEST)))
                .ifPresent(since -> {
                    agreements.forEach(agreement -> tell(agreement, since));
                    refused.stream()
                            .filter(decision -> isLater(decision.getStatus().at(), since))
                            .forEach(decision -> again(AuditLog.refusal(decision, decision.getStatus())));
                });
    }

    /** As text, which is in the order of time: there are a million of them where there are many agreements, and nobody gets or loses access before they are through. */
    private static Optional<Instant> latest(Stream<String> moments, String now) {
        return Times.of(moments.reduce(
                "",
                (best, next) -> next.compareTo(best) > 0
                                && next.compareTo(now) <= 0
                                && Times.of(next).isPresent()
                        ? next
                        : best));
    }

    private static Stream<String> moments(@Nullable DataUsageAgreementStatus status) {
        return status == null
                ? Stream.empty()
                : Stream.of(
                                status.history().stream().map(Transition::at),
                                decisions(status).stream().map(DecisionRecord::at),
                                Stream.ofNullable(status.provisioning()).flatMap(last -> Stream.ofNullable(last.at())))
                        .flatMap(moments -> moments);
    }

    private static List<DecisionRecord> decisions(DataUsageAgreementStatus status) {
        return status.approval() == null ? List.of() : status.approval().decisions();
    }

    private static void tell(DataUsageAgreement agreement, String since) {
        @Nullable DataUsageAgreementStatus status = agreement.getStatus();
        if (status == null) {
            return;
        }
        List<Transition> history = status.history();
        for (int i = 0; i < history.size(); i++) {
            if (isLater(history.get(i).at(), since)) {
                again(phase(agreement, status, i));
            }
        }
        decisions(status).stream()
                .filter(decision -> isLater(decision.at(), since))
                .forEach(decision -> again(AuditLog.decision(agreement, status, decision)));
        Optional<Provisioning> provisioning = Optional.ofNullable(status.provisioning());
        provisioning
                .filter(last -> isLater(last.at(), since))
                .ifPresent(last -> again(AuditLog.provisioning(agreement, status, last)));
        if (status.conditions().stream().anyMatch(said -> isLater(said.lastTransitionTime(), since))) {
            AuditLog.ways(agreement, status)
                    .filter(line -> isLater((String) line.get("at"), since))
                    .forEach(LatestAgain::again);
        }
    }

    private static Map<String, Object> phase(DataUsageAgreement agreement, DataUsageAgreementStatus status, int i) {
        List<Transition> history = status.history();
        Map<String, Object> line = AuditLog.phase(
                agreement, status, i == 0 ? null : history.get(i - 1).phase(), history.get(i));
        if (i == 0 && history.size() == AgreementStatusFactory.TRANSITIONS_KEPT) {
            // what was before is not on record any more
            line.remove("from");
        }
        return line;
    }

    private static boolean isLater(@Nullable String at, String since) {
        return at != null && at.compareTo(since) >= 0 && Times.of(at).isPresent();
    }

    private static void again(Map<String, Object> line) {
        line.put("again", true);
        AuditLog.write(line);
    }
}

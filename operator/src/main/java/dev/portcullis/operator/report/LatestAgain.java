package dev.portcullis.operator.report;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.Transition;
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
    private static final Duration LATEST = Duration.ofMinutes(1);

    private LatestAgain() {}

    /** @param now what is later is nothing that was recorded */
    public static void tell(Collection<DataUsageAgreement> agreements, Instant now) {
        agreements.stream()
                .flatMap(agreement -> moments(agreement.getStatus()))
                .flatMap(at -> Times.of(at).stream())
                .filter(at -> !at.isAfter(now))
                .max(Instant::compareTo)
                .map(last -> last.minus(LATEST))
                .ifPresent(since -> agreements.forEach(agreement -> tell(agreement, since)));
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

    private static void tell(DataUsageAgreement agreement, Instant since) {
        @Nullable DataUsageAgreementStatus status = agreement.getStatus();
        if (status == null) {
            return;
        }
        List<Transition> history = status.history();
        for (int i = 0; i < history.size(); i++) {
            if (isLater(history.get(i).at(), since)) {
                again(AuditLog.phase(
                        agreement, status, i == 0 ? null : history.get(i - 1).phase(), history.get(i)));
            }
        }
        decisions(status).stream()
                .filter(decision -> isLater(decision.at(), since))
                .forEach(decision -> again(AuditLog.decision(agreement, status, decision)));
        Optional<Provisioning> provisioning = Optional.ofNullable(status.provisioning());
        provisioning
                .filter(last -> isLater(last.at(), since))
                .ifPresent(last -> again(AuditLog.provisioning(agreement, status, last)));
    }

    private static boolean isLater(@Nullable String at, Instant since) {
        return Times.of(at).filter(moment -> !moment.isBefore(since)).isPresent();
    }

    private static void again(Map<String, Object> line) {
        line.put("again", true);
        AuditLog.write(line);
    }
}

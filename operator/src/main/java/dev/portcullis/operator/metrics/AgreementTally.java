package dev.portcullis.operator.metrics;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.engine.time.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Agreements counted by what their statuses say.
 *
 * @param byPhase every phase, also those that no agreement is in
 * @param unseen agreements that have no status yet
 * @param endedWithAccess by platform: agreements that give no access now, and whose access is not known to be gone
 * @param oldestWaiting how long the request has waited that has waited longest
 */
record AgreementTally(
        Map<Phase, Integer> byPhase, int unseen, Map<String, Integer> endedWithAccess, Duration oldestWaiting) {

    static AgreementTally of(Stream<DataUsageAgreement> agreements, Instant now) {
        Map<Phase, Integer> byPhase = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            byPhase.put(phase, 0);
        }
        Map<String, Integer> ended = new TreeMap<>();
        int unseen = 0;
        Duration oldest = Duration.ZERO;
        for (DataUsageAgreement agreement : (Iterable<DataUsageAgreement>) agreements::iterator) {
            DataUsageAgreementStatus status = agreement.getStatus();
            if (status == null || status.phase() == null) {
                unseen++;
                continue;
            }
            byPhase.merge(status.phase(), 1, Integer::sum);
            Provisioning provisioning = status.provisioning();
            if (provisioning != null
                    && provisioning.platform() != null
                    && isEndedWithAccess(status, provisioning, now)) {
                ended.merge(provisioning.platform(), 1, Integer::sum);
            }
            if (status.phase() == Phase.Requested) {
                Duration waiting =
                        Duration.between(Instant.parse(agreement.getMetadata().getCreationTimestamp()), now);
                oldest = waiting.compareTo(oldest) > 0 ? waiting : oldest;
            }
        }
        return new AgreementTally(byPhase, unseen, ended, oldest);
    }

    /** By the clock too: an operator that is stuck writes no status that says so. */
    private static boolean isEndedWithAccess(DataUsageAgreementStatus status, Provisioning provisioning, Instant now) {
        boolean gives = Boolean.TRUE.equals(status.active())
                && (status.ends() == null
                        || Times.of(status.ends()).filter(now::isBefore).isPresent());
        return !gives && provisioning.status() != ProvisioningStatus.Deprovisioned;
    }
}

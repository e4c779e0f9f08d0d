package dev.portcullis.operator.grant;

import dev.portcullis.operator.report.AuditLog;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Result;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What log and audit log say of the comparisons of a platform. */
final class GrantLog {
    private static final Logger LOG = LoggerFactory.getLogger(GrantLog.class);

    private GrantLog() {}

    static void repaired(String platform, Drift drift, Instant now) {
        drift.missing()
                .forEach(entitlement -> AuditLog.repaired(
                        platform, "granted-again", entitlement.port().uid(), entitlement.principal(), now));
        drift.extra()
                .forEach(stranger ->
                        AuditLog.repaired(platform, "stranger-removed", stranger.portUid(), stranger.principal(), now));
    }

    static void refused(String platform, List<Result> results) {
        for (Result result : results) {
            if (result.outcome() instanceof Outcome.Refused refused) {
                LOG.warn("platform {} refused {}: {}", platform, result.change().describe(), refused.message());
            }
        }
    }
}

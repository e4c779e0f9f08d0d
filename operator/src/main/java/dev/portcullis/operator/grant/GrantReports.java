package dev.portcullis.operator.grant;

import dev.portcullis.engine.access.GrantReport;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The latest report for each agreement, by UID. Empty after a start: what the statuses say then stands. */
public final class GrantReports {
    private final Map<String, GrantReport> byAgreement = new ConcurrentHashMap<>();

    public Optional<GrantReport> find(String agreementUid) {
        return Optional.ofNullable(byAgreement.get(agreementUid));
    }

    /** Keeps a report; says whether it differs from the one before. */
    boolean put(String agreementUid, GrantReport report) {
        return !report.equals(byAgreement.put(agreementUid, report));
    }

    public void remove(String agreementUid) {
        byAgreement.remove(agreementUid);
    }
}

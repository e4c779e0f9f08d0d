package dev.portcullis.operator.grant;

import dev.portcullis.engine.access.GrantReport;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The latest report for each agreement, by UID. Empty after a start: what the statuses say then stands. */
public final class GrantReports {
    private final Map<String, Told> byAgreement = new ConcurrentHashMap<>();

    private record Told(String platform, GrantReport report) {}

    public Optional<GrantReport> find(String agreementUid) {
        return Optional.ofNullable(byAgreement.get(agreementUid)).map(Told::report);
    }

    /** Keeps a report; says whether it differs from the one before. */
    boolean put(String platform, String agreementUid, GrantReport report) {
        Told told = new Told(platform, report);
        return !told.equals(byAgreement.put(agreementUid, told));
    }

    public void remove(String agreementUid) {
        byAgreement.remove(agreementUid);
    }

    /** Forgets what a platform told of other agreements than these. */
    void keepOnly(String platform, Set<String> agreementUids) {
        byAgreement
                .entrySet()
                .removeIf(entry ->
                        entry.getValue().platform().equals(platform) && !agreementUids.contains(entry.getKey()));
    }
}

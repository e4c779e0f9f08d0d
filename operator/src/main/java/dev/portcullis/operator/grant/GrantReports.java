package dev.portcullis.operator.grant;

import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.platform.Way;
import java.util.List;
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

    /**
     * Keeps a report; says whether it differs from the one before. What was found of other ways, for exactly what is asked now, stands until it is looked for
     * again.
     */
    boolean put(String platform, String agreementUid, GrantReport report) {
        boolean[] isNews = new boolean[1];
        // in one step: what is removed meanwhile must not pass for told
        byAgreement.compute(agreementUid, (uid, before) -> {
            Optional<List<Way>> ways = Optional.ofNullable(before)
                    .map(Told::report)
                    .filter(known -> known.basis().equals(report.basis()))
                    .flatMap(GrantReport::ways);
            Told told = new Told(platform, report.with(ways));
            isNews[0] = !told.equals(before);
            return told;
        });
        return isNews[0];
    }

    /** Adds what was found of other ways, if that is still what the agreement asks; says whether that is news. */
    boolean add(String agreementUid, Access basis, List<Way> ways) {
        Told before = byAgreement.get(agreementUid);
        Told after = byAgreement.computeIfPresent(
                agreementUid,
                (uid, told) -> told.report().basis().equals(basis)
                        ? new Told(told.platform(), told.report().with(Optional.of(ways)))
                        : told);
        return after != null && !after.equals(before);
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

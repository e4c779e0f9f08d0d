package dev.portcullis.cli.plan;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.cli.rehearsal.Mesh;
import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.cli.report.Outcome;
import dev.portcullis.cli.report.Outcome.Need;
import dev.portcullis.cli.report.PlanResult.AgreementChange;
import dev.portcullis.cli.report.PlanResult.Warning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Requests that nobody can approve: those that change, and those that somebody could approve before the change. */
final class StuckRequests {
    private final Settled before;
    private final Settled after;
    private final Outcomes was;
    private final Outcomes is;

    StuckRequests(Settled before, Settled after, Outcomes was, Outcomes is) {
        this.before = before;
        this.after = after;
        this.was = was;
        this.is = is;
    }

    List<Warning> all(List<AgreementChange> changes) {
        List<Warning> warnings = new ArrayList<>();
        changes.forEach(change -> add(change.agreement().toString(), change.outcome(), warnings));
        if (hasOtherPeople()) {
            Set<String> told = changes.stream()
                    .map(change -> change.agreement().toString())
                    .collect(Collectors.toSet());
            after.mesh().agreements().forEach((key, agreement) -> {
                DataUsageAgreement earlier = before.mesh().agreements().get(key);
                if (!told.contains(key) && earlier != null && isOpen(agreement) && isOpen(earlier)) {
                    Outcome outcome = is.of(agreement);
                    if (isStuck(outcome) && !isStuck(was.of(earlier))) {
                        add(key, outcome, warnings);
                    }
                }
            });
        }
        return warnings;
    }

    /** Whether it may be somebody else now who decides on what nobody has touched. */
    private boolean hasOtherPeople() {
        return !before.rights()
                        .holdings(Givers.OF_MEMBERS)
                        .equals(after.rights().holdings(Givers.OF_MEMBERS))
                || !teams(before.mesh()).equals(teams(after.mesh()));
    }

    private static Map<String, Object> teams(Mesh mesh) {
        Map<String, Object> specs = new HashMap<>();
        mesh.teams().forEach((name, team) -> specs.put(name, team.getSpec()));
        return specs;
    }

    private static boolean isOpen(DataUsageAgreement agreement) {
        return agreement.getStatus().phase() == Phase.Requested
                && Objects.requireNonNull(agreement.getStatus().approval()).status() == ApprovalStatus.Requested;
    }

    private static boolean isStuck(Outcome outcome) {
        return outcome instanceof Outcome.Waiting waiting
                && waiting.needs().stream().map(Need::nobody).anyMatch(Objects::nonNull);
    }

    private static void add(String key, Outcome outcome, List<Warning> warnings) {
        if (outcome instanceof Outcome.Waiting waiting) {
            waiting.needs().stream()
                    .filter(need -> need.nobody() != null)
                    .forEach(need -> warnings.add(new Warning(
                            "NobodyApproves",
                            "DataUsageAgreement " + key,
                            "nobody can approve this: it needs " + need.count() + " of " + need.whose() + ", but "
                                    + need.nobody())));
        }
    }
}

package dev.portcullis.cli.plan;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.cli.rehearsal.Mesh;
import dev.portcullis.cli.report.PlanResult.Warning;
import dev.portcullis.engine.team.ActingTeam;
import dev.portcullis.engine.team.TeamResolution;
import dev.portcullis.engine.team.TeamResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a new request leaves open, or may have got wrong without being refused. */
final class RequestWarnings {
    private final Mesh before;
    private final Mesh after;
    private final TeamResolver teams;

    RequestWarnings(Mesh before, Mesh after) {
        this.before = before;
        this.after = after;
        this.teams = new TeamResolver(after);
    }

    List<Warning> all() {
        List<Warning> warnings = new ArrayList<>();
        after.agreements().forEach((key, agreement) -> {
            if (!before.agreements().containsKey(key)
                    && !Objects.requireNonNull(agreement.getStatus().phase()).isOver()) {
                noEnd(agreement).map(text -> warning("NoEnd", key, text)).ifPresent(warnings::add);
                unlisted(agreement)
                        .map(text -> warning("BeneficiaryUnlisted", key, text))
                        .ifPresent(warnings::add);
            }
        });
        return warnings;
    }

    private static Warning warning(String kind, String key, String text) {
        return new Warning(kind, "DataUsageAgreement " + key, text);
    }

    private static Optional<String> noEnd(DataUsageAgreement agreement) {
        return isLimited(agreement)
                ? Optional.empty()
                : Optional.of(
                        "it has no end: say spec.end or spec.duration, or let a policy limit it with maxDuration");
    }

    /** By itself, or by what a policy says; a duration counts from the approval. */
    private static boolean isLimited(DataUsageAgreement agreement) {
        DataUsageAgreementSpec spec = agreement.getSpec();
        Snapshot snapshot = Objects.requireNonNull(agreement.getStatus()).snapshot();
        return agreement.getStatus().ends() != null
                || spec.end() != null
                || spec.duration() != null
                || (snapshot != null
                        && snapshot.policies() != null
                        && snapshot.policies().rules().stream().anyMatch(rule -> rule.maxDuration() != null));
    }

    /** Anybody may get access, members or not: but a name that nobody knows is one that may be misspelt, and would be somebody else's. */
    private Optional<String> unlisted(DataUsageAgreement agreement) {
        String user = agreement.getSpec().consumer().user();
        if (user == null || !after.teamsWith(user).isEmpty()) {
            return Optional.empty();
        }
        return acting(agreement)
                .filter(ActingTeam::listsMembers)
                .map(team -> user + " is a member of no Team, not of " + team.name()
                        + " either: whoever has exactly this name gets the access, so see that it is written right");
    }

    private Optional<ActingTeam> acting(DataUsageAgreement agreement) {
        return teams.resolve(
                                agreement.getMetadata().getNamespace(),
                                agreement.getSpec().consumer().team(),
                                "spec.consumer.team")
                        instanceof TeamResolution.Acting acting
                ? Optional.of(acting.team())
                : Optional.empty();
    }
}

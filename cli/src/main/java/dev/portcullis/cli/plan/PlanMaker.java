package dev.portcullis.cli.plan;

import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.cli.manifests.ManifestCheck;
import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.cli.manifests.RightsManifest;
import dev.portcullis.cli.rehearsal.Appliers;
import dev.portcullis.cli.rehearsal.Arrival;
import dev.portcullis.cli.rehearsal.Arrived;
import dev.portcullis.cli.rehearsal.Mesh;
import dev.portcullis.cli.rehearsal.Rehearsal;
import dev.portcullis.cli.rehearsal.Rights;
import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.cli.report.PlanResult;
import dev.portcullis.cli.report.PlanResult.AgreementChange;
import dev.portcullis.cli.report.PlanResult.DecisionChange;
import dev.portcullis.cli.report.PlanResult.Edits;
import dev.portcullis.cli.report.PlanResult.PlatformChange;
import dev.portcullis.engine.manifest.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes a plan: settles the world that is there, lets the change arrive, settles it again, and compares. A function of its arguments. */
public final class PlanMaker {
    /** Whose roles they are where nobody says which installation it is. */
    public static final String ANY_INSTALLATION = "plan";

    private final EngineParts parts;
    private final List<RightsManifest> shipped;
    private final List<ManifestCheck> checks;

    /**
     * @param shipped the roles that come with Portcullis
     * @param checks what the API server would refuse besides
     */
    public PlanMaker(EngineParts parts, List<RightsManifest> shipped, List<ManifestCheck> checks) {
        this.parts = parts;
        this.shipped = List.copyOf(shipped);
        this.checks = List.copyOf(checks);
    }

    /**
     * How to make it.
     *
     * @param appliers who applies the change
     * @param sql whether the changes on platforms are told in their own language
     */
    public record Request(Appliers appliers, Instant now, boolean sql, String installation) {}

    /** What would become of what is there if it were replaced by something else. What was decided is known as far as manifests say it. */
    public Planned plan(Manifests before, Manifests after, Request request) {
        Mesh there = Arrival.ofWhatIsThere(before, request.appliers(), rights(before), request.now());
        GoneNamespaces gone = GoneNamespaces.between(before, after);
        Planned planned =
                plan(before, there, gone.without(after), request, Optional.of(EditCounter.count(before, after)));
        return new Planned(planned.result().with(gone.warnings(after), List.of()), planned.after());
    }

    /** The same where what is there is known with its statuses. */
    public Planned plan(Manifests before, Mesh there, Manifests after, Request request) {
        return plan(before, there, after, request, Optional.empty());
    }

    /** @param edits of a change that is written down; empty: what is there comes from a cluster, with all that was decided */
    private Planned plan(Manifests before, Mesh there, Manifests after, Request request, Optional<Edits> edits) {
        List<Fault> faults = new ArrayList<>(after.faults());
        checks.forEach(check -> faults.addAll(check.check(before, after)));
        if (!faults.isEmpty()) {
            return refused(request, faults);
        }
        Rehearsal rehearsal = new Rehearsal(parts, request.installation(), request.now());
        Settled was = rehearsal.settle(there, rights(before));
        List<Fault> refused = new Deletions(before, was, after).refused();
        if (!refused.isEmpty()) {
            return refused(request, refused);
        }
        Rights rights = rights(after);
        Arrived arrived = Arrival.ofChange(was.mesh(), after, request.appliers(), rights, request.now());
        Settled is = rehearsal.settle(arrived.mesh(), rights);
        Outcomes outcomes = new Outcomes(is, parts, request.now());
        AgreementChanges changes = new AgreementChanges(
                was, is, outcomes, edits.map(written -> new SupposedAccess(was, is, parts, request.now())));
        StuckRequests stuck = new StuckRequests(was, is, new Outcomes(was, parts, request.now()), outcomes);
        List<DecisionChange> decisions = Stream.concat(
                        new DecisionChanges(was, is, arrived.unfiled()).all().stream(),
                        new AnnotationChanges(was, is, arrived.refused()).all().stream())
                .toList();
        List<AgreementChange> agreements = changes.all();
        List<PlatformChange> platforms = new GrantChanges(was, is, request.sql()).all();
        return new Planned(
                new PlanResult(
                        request.now(),
                        List.of(),
                        edits.orElse(null),
                        agreements,
                        decisions,
                        platforms,
                        new ObjectFindings(was.mesh(), is.mesh(), after, parts).all(),
                        Stream.concat(
                                        new Warnings(was, is, parts.modules(), stuck)
                                                .all(agreements, platforms).stream(),
                                        new AppliedOtherwise(before, after).all().stream())
                                .toList(),
                        new Notes(before, is).all()),
                Optional.of(is));
    }

    private static Planned refused(Request request, List<Fault> faults) {
        return new Planned(PlanResult.refused(request.now(), faults), Optional.empty());
    }

    private Rights rights(Manifests manifests) {
        return new Rights(
                Stream.concat(shipped.stream(), manifests.rights().stream()).toList());
    }
}

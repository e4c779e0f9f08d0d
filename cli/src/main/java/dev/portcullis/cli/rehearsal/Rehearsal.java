package dev.portcullis.cli.rehearsal;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionStatus;
import dev.portcullis.api.decision.DecisionStatus.Outcome;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.engine.AgreementEngine;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.engine.claim.PrincipalClaims;
import dev.portcullis.engine.claim.Wishes;
import dev.portcullis.engine.decision.DecisionStatusFactory;
import dev.portcullis.engine.decision.Fate;
import dev.portcullis.engine.decision.FateJudge;
import dev.portcullis.engine.decision.FiledDecision;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.time.Clocks;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Does with a world what the operator's reconcilers and grant loops do, until nothing changes: Decisions are bound to their agreements and put on record, agreements are
 * judged, what they ask for is granted, and what was granted is told to them. Who has a principal is remembered from one world to the next, as a loop does.
 */
public final class Rehearsal {
    /** A world comes to rest after a few looks; one that does not is the engine's fault, and is shown as it is then. */
    private static final int MOST_LOOKS = 12;

    private static final Guard UNDER_GUARD = new Guard.Whole(Instant.EPOCH);

    private final EngineParts parts;
    private final String installation;
    private final Instant now;
    private final Map<String, PrincipalClaims> claims = new HashMap<>();

    /** @param installation what roles are marked with; any word where nobody knows it */
    public Rehearsal(EngineParts parts, String installation, Instant now) {
        this.parts = parts;
        this.installation = installation;
        this.now = now;
    }

    /** Writes into the mesh what the operator would, and says what is then granted. */
    public Settled settle(Mesh mesh, Rights rights) {
        World world = new World(mesh);
        for (int look = 0; look < MOST_LOOKS && world.look(); look++) {
            // until nothing changes
        }
        return new Settled(mesh, rights, Map.copyOf(world.grants));
    }

    private static String key(DataUsageAgreement agreement) {
        return Mesh.key(
                agreement.getMetadata().getNamespace(), agreement.getMetadata().getName());
    }

    private final class World {
        private final Mesh mesh;
        private final AgreementEngine engine;
        private final FateJudge fates;
        private final Clocks clocks = Clocks.inSync(now);
        private final Map<String, GrantReport> reports = new HashMap<>();
        private Map<String, PlatformGrants> grants = new TreeMap<>();

        /** The agreements of which something else may come: those whose own status, grant or Decisions are another than at the last look. */
        private Set<String> dirty;

        World(Mesh mesh) {
            this.mesh = mesh;
            this.dirty = new HashSet<>(mesh.agreements().keySet());
            this.engine = new AgreementEngine(mesh, parts.modules(), parts.principals(), parts.expressions());
            this.fates = new FateJudge(mesh, new OfferLookup(mesh, parts.modules()), parts.principals());
        }

        /** Whether anything has changed. */
        boolean look() {
            List<DataUsageAgreement> looked = dirty.stream()
                    .map(mesh.agreements()::get)
                    .filter(Objects::nonNull)
                    .toList();
            dirty = new HashSet<>();
            // all see the world of the last look, whichever is judged first, and so on all processors
            List<DataUsageAgreementStatus> judged =
                    looked.parallelStream().map(this::judge).toList();
            boolean changed = false;
            for (int i = 0; i < judged.size(); i++) {
                changed |= write(looked.get(i), judged.get(i));
            }
            for (Decision decision : mesh.decisions().values()) {
                changed |= file(decision);
            }
            if (changed || grants.isEmpty()) {
                changed |= grant();
            }
            return changed;
        }

        private DataUsageAgreementStatus judge(DataUsageAgreement agreement) {
            Optional<GrantReport> report =
                    Optional.ofNullable(reports.get(agreement.getMetadata().getUid()));
            return engine.assess(agreement, UNDER_GUARD, report, clocks).status();
        }

        private boolean write(DataUsageAgreement agreement, DataUsageAgreementStatus next) {
            if (next.equals(agreement.getStatus())) {
                return false;
            }
            agreement.setStatus(next);
            dirty.add(key(agreement));
            return true;
        }

        /** An agreement hears of a Decision that waits for it, and of no other: one that is refused is refused before. */
        private boolean file(Decision decision) {
            Fate fate = fate(decision);
            boolean bound = fate instanceof Fate.Bind;
            if (fate instanceof Fate.Bind bind) {
                decision.getMetadata().getAnnotations().put(Annotations.AGREEMENT_UID, bind.annotation());
                fate = fate(decision);
            }
            DecisionStatus next = fate instanceof Fate.Taken taken
                    ? DecisionStatusFactory.of(taken)
                    : fate instanceof Fate.Open open
                            ? DecisionStatusFactory.of(decision, open, now)
                            : decision.getStatus();
            if (next == null || (next.equals(decision.getStatus()) && !bound)) {
                return bound;
            }
            decision.setStatus(next);
            if (next.outcome() == Outcome.Waiting) {
                var about = decision.getSpec().agreement();
                dirty.add(Mesh.key(about.namespace(), about.name()));
            }
            return true;
        }

        private Fate fate(Decision decision) {
            var about = decision.getSpec().agreement();
            return fates.judge(
                    FiledDecision.of(decision),
                    Optional.ofNullable(mesh.agreements().get(Mesh.key(about.namespace(), about.name()))),
                    UNDER_GUARD,
                    now);
        }

        /** Whether an agreement has something else to hear of its grant. */
        private boolean grant() {
            Map<String, PlatformGrants> next = new TreeMap<>();
            Set<String> told = new HashSet<>();
            byPlatform()
                    .forEach((name, asks) -> grants(name, asks).ifPresent(granted -> {
                        next.put(name, granted);
                        for (Ask ask : asks) {
                            GrantReport report = granted.report(ask);
                            if (!report.equals(reports.put(ask.uid(), report))) {
                                told.add(key(ask.agreement()));
                            }
                        }
                    }));
            grants = next;
            dirty.addAll(told);
            return !told.isEmpty();
        }

        private Map<String, List<Ask>> byPlatform() {
            Map<String, List<Ask>> byPlatform = new TreeMap<>();
            for (DataUsageAgreement agreement : mesh.agreements().values()) {
                if (agreement.getStatus() != null && agreement.getStatus().snapshot() != null) {
                    Ask.platformOf(agreement, mesh).ifPresent(platform -> {
                        Access access = engine.access(agreement, clocks);
                        byPlatform
                                .computeIfAbsent(platform, none -> new ArrayList<>())
                                .add(Ask.of(agreement, access, engine));
                    });
                }
            }
            return byPlatform;
        }

        private Optional<PlatformGrants> grants(String name, List<Ask> asks) {
            return mesh.platform(name)
                    .map(DataPlatform::getSpec)
                    .flatMap(spec -> parts.modules().serving(spec).map(module -> {
                        PrincipalClaims known = claims.computeIfAbsent(name, none -> new PrincipalClaims());
                        known.note(new Scope.Everything(), asks);
                        return new PlatformGrants(
                                new Owner(installation, name), spec, module, asks, Wishes.of(asks, known, name));
                    }));
        }
    }
}

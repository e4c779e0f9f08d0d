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
            Set<String> looked = dirty;
            dirty = new HashSet<>();
            boolean changed = false;
            for (String key : looked) {
                Optional<DataUsageAgreement> agreement =
                        Optional.ofNullable(mesh.agreements().get(key));
                if (agreement.isPresent() && judge(agreement.get())) {
                    dirty.add(key);
                    changed = true;
                }
            }
            for (Decision decision : mesh.decisions().values()) {
                changed |= file(decision);
            }
            if (changed || grants.isEmpty()) {
                changed |= grant();
            }
            return changed;
        }

        private boolean judge(DataUsageAgreement agreement) {
            DataUsageAgreementStatus next = engine.assess(
                            agreement,
                            UNDER_GUARD,
                            Optional.ofNullable(
                                    reports.get(agreement.getMetadata().getUid())),
                            clocks)
                    .status();
            if (next.equals(agreement.getStatus())) {
                return false;
            }
            agreement.setStatus(next);
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

        private boolean grant() {
            Map<String, PlatformGrants> next = new TreeMap<>();
            byPlatform()
                    .forEach((name, asks) -> grants(name, asks).ifPresent(granted -> {
                        next.put(name, granted);
                        asks.forEach(ask -> reports.put(ask.uid(), granted.report(ask)));
                    }));
            boolean changed = !next.equals(grants);
            grants = next;
            return changed;
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

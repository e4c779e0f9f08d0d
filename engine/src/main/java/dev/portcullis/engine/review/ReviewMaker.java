package dev.portcullis.engine.review;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.engine.AgreementEngine;
import dev.portcullis.engine.decision.FourEyes;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.offer.PlatformModules;
import dev.portcullis.engine.policy.PolicyExpressions;
import dev.portcullis.engine.policy.PolicyReader;
import dev.portcullis.engine.policy.PolicyReading;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.engine.request.RequestCheck;
import dev.portcullis.engine.request.Validity;
import dev.portcullis.engine.review.Review.Name;
import dev.portcullis.engine.time.Clocks;
import dev.portcullis.engine.time.PeriodParser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts together what an approver has to know of a request. A function of its arguments: nothing of it is kept, and nothing is decided by it. */
public final class ReviewMaker {
    private final World world;
    private final AgreementEngine engine;
    private final RequestCheck requests;
    private final PolicyReader policies;
    private final WhoDecides deciders;
    private final PortHistory history;
    private final People people;

    public ReviewMaker(
            World world, PlatformModules modules, PrincipalMapper principals, PolicyExpressions expressions) {
        this.world = world;
        this.engine = new AgreementEngine(world, modules, principals, expressions);
        this.requests = new RequestCheck(world, new OfferLookup(world, modules));
        this.policies = new PolicyReader(world, expressions);
        this.deciders = new WhoDecides(world, new FourEyes(principals));
        this.history = new PortHistory(world);
        this.people = new People(world);
    }

    /** @param agreement as it is stored; one that the operator has not seen yet is reviewed as it will be seen */
    public Review review(DataUsageAgreement agreement, Instant now) {
        return review(agreement, now, true);
    }

    /** The same by somebody who may not read all of the world: what the operator says of the request counts, and not what is missing from sight. */
    public Review reviewInPart(DataUsageAgreement agreement, Instant now) {
        return review(agreement, now, false);
    }

    private Review review(DataUsageAgreement agreement, Instant now, boolean isWhole) {
        DataUsageAgreementStatus status = Optional.ofNullable(agreement.getStatus())
                .orElseGet(() -> engine.assess(
                                agreement, new Guard.Whole(Instant.EPOCH), Optional.empty(), Clocks.inSync(now))
                        .status());
        @Nullable Snapshot frozen = status.snapshot();
        Validity validity = requests.check(agreement, frozen);
        Optional<Validity.Valid> valid =
                validity instanceof Validity.Valid known ? Optional.of(known) : Optional.empty();
        Optional<Snapshot> snapshot = Optional.ofNullable(frozen).or(() -> valid.map(Validity.Valid::snapshot));
        Optional<Approval> approval = Optional.ofNullable(status.approval());
        return new Review(
                new Name(
                        agreement.getMetadata().getNamespace(),
                        agreement.getMetadata().getName()),
                Objects.requireNonNullElse(status.phase(), Phase.Requested),
                problem(status, isWhole ? Optional.of(validity) : Optional.empty()),
                snapshot.map(Snapshot::request).orElse(null),
                asked(agreement, snapshot, valid),
                people.of(agreement, valid.map(Validity.Valid::consumer), snapshot.map(Snapshot::providerTeam)),
                EffectiveDates.of(agreement, approval, snapshot, now).orElse(null),
                approval.filter(so -> !isWhole || valid.isPresent())
                        .map(so -> deciders.on(agreement, so, valid))
                        .orElse(null),
                PolicyViews.of(readings(agreement, valid, now), snapshot.map(Snapshot::policies)),
                history.around(agreement, snapshot.map(Snapshot::team).orElse(null)));
    }

    /** @param validity as it looks now; empty where that cannot be seen */
    private static @Nullable String problem(DataUsageAgreementStatus status, Optional<Validity> validity) {
        if (status.phase() == Phase.Invalid) {
            return status.conditions().stream()
                    .filter(condition -> condition.type().equals("Ready"))
                    .map(condition -> condition.message())
                    .findFirst()
                    .orElse(null);
        }
        return status.phase() == Phase.Requested && validity.orElse(null) instanceof Validity.Invalid invalid
                ? invalid.problem().message()
                : null;
    }

    private Review.Asked asked(
            DataUsageAgreement agreement, Optional<Snapshot> snapshot, Optional<Validity.Valid> valid) {
        DataUsageAgreementSpec spec = agreement.getSpec();
        Optional<OutputPort> port =
                world.port(spec.provider().namespace(), spec.provider().outputPort());
        List<String> objects =
                snapshot.map(Snapshot::objects).map(ObjectLines::of).orElse(List.of());
        List<String> offered = valid.map(
                        request -> ObjectLines.of(request.offer().profile().toSnapshot()))
                .orElse(List.of());
        return new Review.Asked(
                new Name(spec.provider().namespace(), spec.provider().outputPort()),
                port.map(known -> known.getSpec().dataProduct()).orElse(null),
                port.map(known -> known.getSpec().description()).orElse(null),
                port.map(known -> known.getSpec().platform()).orElse(null),
                port.map(known -> known.getSpec().containsPii()).orElse(null),
                spec.purpose(),
                spec.answers(),
                accepted(spec),
                objects,
                offered,
                !offered.isEmpty() && objects.equals(offered));
    }

    private static Map<String, String> accepted(DataUsageAgreementSpec spec) {
        Map<String, String> accepted = new TreeMap<>(spec.policyTerms());
        if (spec.acceptedTerms() != null) {
            accepted.put("the product's terms", spec.acceptedTerms());
        }
        return accepted;
    }

    private List<PolicyReading> readings(DataUsageAgreement agreement, Optional<Validity.Valid> valid, Instant now) {
        return valid.isPresent() && PeriodParser.parse(agreement.getSpec()) instanceof PeriodParser.Result.Ok dates
                ? policies.read(agreement, valid.get(), dates.period(), now)
                : List.of();
    }
}

package dev.portcullis.engine.request;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.port.Changes;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.offer.Offer;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.engine.selection.Asked;
import dev.portcullis.engine.selection.Selections;
import dev.portcullis.engine.team.ActingTeam;
import dev.portcullis.engine.team.TeamResolution;
import dev.portcullis.engine.team.TeamResolver;
import dev.portcullis.platform.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges whether an undecided request is valid, in an order in which the first answer is the most useful one; nothing terminal comes of it. */
public final class RequestCheck {
    private final World world;
    private final OfferLookup offers;
    private final TeamResolver teams;

    public RequestCheck(World world, OfferLookup offers) {
        this.world = world;
        this.offers = offers;
        this.teams = new TeamResolver(world);
    }

    /** @param frozen the snapshot taken when the request was first valid, if it was */
    public Validity check(DataUsageAgreement agreement, @Nullable Snapshot frozen) {
        OfferLookup.Result found = offers.find(agreement.getSpec().provider());
        if (found instanceof OfferLookup.Result.NoPort noPort) {
            return new Validity.Invalid(noPort.problem());
        }
        if (found instanceof OfferLookup.Result.NoOffer noOffer) {
            return new Validity.Invalid(noOffer.problem());
        }
        Offer offer = ((OfferLookup.Result.Found) found).offer();
        return fault(offer, frozen)
                .<Validity>map(Validity.Invalid::new)
                .orElseGet(() -> judgeTeams(agreement, offer, frozen));
    }

    private static Optional<Problem> fault(Offer offer, @Nullable Snapshot frozen) {
        String port = offer.port().getMetadata().getName();
        if (frozen != null
                && !frozen.portUid().equals(offer.port().getMetadata().getUid())) {
            return Optional.of(Problem.lasting(
                    "PortReplaced",
                    "OutputPort " + port + " was created anew since the request: request another agreement"));
        }
        if (!offer.takesRequests()) {
            return Optional.of(Problem.healing(
                    "PortNotActive",
                    "OutputPort " + port + " takes no requests now: the port is "
                            + offer.port().getSpec().lifecycle() + ", its data product "
                            + offer.product().getSpec().lifecycle() + "; ask the provider"));
        }
        var workflow = frozen == null ? offer.port().getSpec().workflow() : frozen.workflow();
        if (!offer.platform().getSpec().approval().workflows().contains(workflow)) {
            return Optional.of(Problem.healing(
                    "WorkflowNotAllowed",
                    "DataPlatform " + offer.platform().getMetadata().getName() + " does not allow the workflow "
                            + workflow + ": the provider sets another one on port " + port
                            // what it was when it was requested stays with the request
                            + (frozen == null ? "" : ", and you request another agreement")));
        }
        return Optional.empty();
    }

    private Validity judgeTeams(DataUsageAgreement agreement, Offer offer, @Nullable Snapshot frozen) {
        TeamResolution provider = teams.resolve(
                offer.port().getMetadata().getNamespace(),
                offer.product().getSpec().team(),
                "spec.team of DataProduct " + offer.product().getMetadata().getName());
        if (provider instanceof TeamResolution.Unknown unknown) {
            return new Validity.Invalid(unknown.problem());
        }
        TeamResolution consumer = teams.resolve(
                agreement.getMetadata().getNamespace(),
                agreement.getSpec().consumer().team(),
                "spec.consumer.team");
        if (consumer instanceof TeamResolution.Unknown unknown) {
            return new Validity.Invalid(unknown.problem());
        }
        ActingTeam acting = ((TeamResolution.Acting) consumer).team();
        ActingTeam providing = ((TeamResolution.Acting) provider).team();
        return anotherTeam(agreement, offer, frozen, acting, providing)
                .or(() -> beneficiaryFault(agreement, acting))
                .or(() -> frozen == null
                        ? new ProductAsks(offer.product(), agreement.getSpec()).fault()
                        : Optional.empty())
                .<Validity>map(Validity.Invalid::new)
                .orElseGet(() -> frozen == null
                        ? firstValid(agreement, offer, acting, providing)
                        : new Validity.Valid(frozen, offer, acting, providing));
    }

    private static Validity firstValid(
            DataUsageAgreement agreement, Offer offer, ActingTeam acting, ActingTeam providing) {
        Asked asked = Selections.asked(offer, agreement.getSpec().select());
        return asked instanceof Asked.Objects objects
                ? new Validity.Valid(
                        snapshot(agreement, offer, objects.profile(), acting, providing), offer, acting, providing)
                : new Validity.Invalid(((Asked.Impossible) asked).problem());
    }

    /** The teams are part of what was asked: while another acts for a namespace, or the one that acted is gone, nothing is decided. */
    private static Optional<Problem> anotherTeam(
            DataUsageAgreement agreement,
            Offer offer,
            @Nullable Snapshot frozen,
            ActingTeam acting,
            ActingTeam providing) {
        if (frozen == null) {
            return Optional.empty();
        }
        List<String> changes = new ArrayList<>();
        if (!frozen.team().equals(acting.name())
                || (frozen.memberOfTeam() != null && acting.object().isEmpty())) {
            changes.add(now(agreement.getMetadata().getNamespace(), acting));
        }
        if (!frozen.providerTeam().equals(providing.name())) {
            changes.add(now(offer.port().getMetadata().getNamespace(), providing));
        }
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.healing(
                        "TeamUnknown",
                        "the request was made by team " + frozen.team() + " to team " + frozen.providerTeam() + "; now "
                                + String.join(" and ", changes)
                                + ": the platform team restores the Team, or request another agreement"));
    }

    private static String now(String namespace, ActingTeam team) {
        return team.object().isPresent()
                ? "team " + team.name() + " acts for namespace " + namespace
                : "no Team lists namespace " + namespace;
    }

    private Optional<Problem> beneficiaryFault(DataUsageAgreement agreement, ActingTeam acting) {
        Beneficiary beneficiary = Requester.beneficiary(agreement, acting.name());
        if (beneficiary instanceof Beneficiary.Product product) {
            return consumingProductFault(product, acting);
        }
        if (beneficiary instanceof Beneficiary.WholeTeam team && acting.grantsToMembers() && !acting.listsMembers()) {
            return Optional.of(Problem.healing(
                    "TeamWithoutMembers",
                    "team " + team.name()
                            + " lists no members, so nobody would get the access: request another agreement for a user, or ask the"
                            + " platform team to list members or to set grantAs: Principal"));
        }
        return Optional.empty();
    }

    private Optional<Problem> consumingProductFault(Beneficiary.Product beneficiary, ActingTeam acting) {
        Optional<DataProduct> product = world.product(beneficiary.namespace(), beneficiary.name());
        if (product.isEmpty()) {
            return Optional.of(Problem.healing(
                    "ConsumerNotFound",
                    "there is no DataProduct " + beneficiary.name() + " in namespace " + beneficiary.namespace()
                            + ": create it, or request another agreement for another consumer"));
        }
        TeamResolution team = teams.resolve(
                beneficiary.namespace(),
                product.get().getSpec().team(),
                "spec.team of DataProduct " + beneficiary.name());
        if (team instanceof TeamResolution.Acting owner && !owner.team().name().equals(acting.name())) {
            return Optional.of(Problem.healing(
                    "ConsumerOfAnotherTeam",
                    "DataProduct " + beneficiary.name() + " is of team "
                            + owner.team().name() + ", not of " + acting.name()
                            + ": name that team in spec.consumer.team of another request"));
        }
        return team instanceof TeamResolution.Unknown unknown ? Optional.of(unknown.problem()) : Optional.empty();
    }

    private static Snapshot snapshot(
            DataUsageAgreement agreement, Offer offer, Profile objects, ActingTeam acting, ActingTeam providing) {
        String user = agreement.getSpec().consumer().user();
        ProductAsks asked = new ProductAsks(offer.product(), agreement.getSpec());
        return new Snapshot(
                offer.port().getMetadata().getUid(),
                objects.toSnapshot(),
                offer.port().getSpec().workflow(),
                offer.port().getSpec().contract(),
                acting.name(),
                providing.name(),
                acting.listsMembers() ? user == null || acting.hasMember(user) : null,
                null,
                null,
                asked.accepted(),
                asked.answered(),
                changes(agreement, offer),
                agreement.getMetadata().getUid());
    }

    /** Who asks for certain objects gets those, whatever is added later. */
    private static @Nullable Changes changes(DataUsageAgreement agreement, Offer offer) {
        boolean follow = offer.port().getSpec().changes() == Changes.Follow
                && agreement.getSpec().select() == null;
        return follow ? Changes.Follow : null;
    }
}

package dev.portcullis.platform.external.plan;

import dev.portcullis.api.Bounds;
import dev.portcullis.api.PortcullisApi;
import dev.portcullis.api.grant.AccessGrantSpec;
import dev.portcullis.api.grant.AccessGrantStatus;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.external.change.ExternalChange;
import dev.portcullis.platform.external.profile.ExternalProfile;
import dev.portcullis.platform.external.profile.Names;
import dev.portcullis.platform.external.state.ExternalObserved;
import dev.portcullis.platform.external.state.SeenGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Plans in one pass over the AccessGrants there are and one over the entitlements that are wanted. What is deleted and what is released goes before what is
 * written. A name is one entitlement's: one that says something else under it goes first, and so does one that is being deleted.
 */
public final class Planner {
    /** Where an AccessGrant is. */
    private record Place(String namespace, String name) implements Comparable<Place> {
        static Place of(SeenGrant grant) {
            return new Place(grant.namespace(), grant.name());
        }

        @Override
        public int compareTo(Place other) {
            int byNamespace = namespace.compareTo(other.namespace);
            return byNamespace == 0 ? name.compareTo(other.name) : byNamespace;
        }
    }

    private final Wanted wanted;
    private final Map<Place, Entitlement> shall = new TreeMap<>();
    private final List<Change> deletions = new ArrayList<>();
    private final List<Change> preparations = new ArrayList<>();
    private final List<Change> creations = new ArrayList<>();
    private final List<Plan.Refusal> refusals = new ArrayList<>();
    private final List<Plan.Awaited> awaited = new ArrayList<>();

    private Planner(Wanted wanted) {
        this.wanted = wanted;
    }

    public static Plan plan(Wanted wanted, ExternalObserved observed) {
        return new Planner(wanted).plan(observed);
    }

    private Plan plan(ExternalObserved observed) {
        wanted.entitlements()
                .forEach(entitlement -> shall.put(
                        new Place(entitlement.port().namespace(), GrantName.of(wanted.owner(), entitlement)),
                        entitlement));
        for (SeenGrant grant : observed.grants()) {
            Optional<Entitlement> here = Optional.ofNullable(shall.get(Place.of(grant)));
            if (grant.deleting()) {
                leaving(grant, here);
            } else if (here.filter(grant::says).isPresent()) {
                staying(grant, here.get());
            } else if (!wanted.kept().contains(grant.holding())) {
                deletions.add(new ExternalChange.DeleteGrant(grant));
                shall.remove(Place.of(grant));
            }
        }
        shall.forEach(this::create);
        List<Change> changes = Stream.of(deletions, preparations, creations)
                .flatMap(List::stream)
                .toList();
        return new Plan(changes, refusals, List.of(), awaited, List.of());
    }

    private void leaving(SeenGrant grant, Optional<Entitlement> wantedAgain) {
        if (grant.isGone()) {
            if (grant.isHeldByUs()) {
                preparations.add(new ExternalChange.ReleaseGrant(grant));
            }
            if (grant.others().isEmpty()) {
                // the name is free as soon as it is released
                return;
            }
        } else {
            awaited.add(new Plan.Awaited(
                    grant.port().uid(), grant.principal(), Change.Effect.REVOKE, Messages.ofDeletion(grant)));
        }
        if (wantedAgain.isPresent()) {
            shall.remove(Place.of(grant));
            awaited.add(new Plan.Awaited(
                    wantedAgain.get().port().uid(),
                    wantedAgain.get().principal(),
                    Change.Effect.GRANT,
                    Messages.ofDeletion(grant) + "; it is granted anew after that"));
        }
    }

    private void staying(SeenGrant grant, Entitlement entitlement) {
        shall.remove(Place.of(grant));
        AccessGrantSpec spec = spec(entitlement);
        boolean whole = grant.isHeldByUs()
                && grant.spec().agreements().equals(spec.agreements())
                && spec.platform().equals(grant.labels().get(PortcullisApi.PLATFORM_LABEL))
                && spec.outputPort().uid().equals(grant.labels().get(PortcullisApi.PORT_LABEL));
        if (!whole) {
            preparations.add(new ExternalChange.MendGrant(grant, spec));
        }
        if (grant.state().equals(Optional.of(AccessGrantStatus.State.Refused))) {
            refusals.add(new Plan.Refusal(entitlement, Plan.Reason.NotApplied, Messages.ofRefusal(grant)));
        } else if (!grant.isGranted()) {
            awaited.add(new Plan.Awaited(
                    entitlement.port().uid(), entitlement.principal(), Change.Effect.GRANT, Messages.ofGrant(grant)));
        }
    }

    private void create(Place place, Entitlement entitlement) {
        Optional<String> problem =
                Names.principalProblem(entitlement.principal().name());
        if (problem.isPresent()) {
            refusals.add(new Plan.Refusal(
                    entitlement,
                    Plan.Reason.PrincipalRefused,
                    "the principal " + problem.get() + ": the platform team corrects spec.principals of DataPlatform "
                            + wanted.owner().platform()));
        } else {
            creations.add(new ExternalChange.CreateGrant(place.namespace(), place.name(), spec(entitlement)));
        }
    }

    private AccessGrantSpec spec(Entitlement entitlement) {
        if (!(entitlement.profile() instanceof ExternalProfile profile)) {
            throw new IllegalArgumentException("not a profile of an external platform: " + entitlement.profile());
        }
        return new AccessGrantSpec(
                wanted.owner().installation(),
                wanted.owner().platform(),
                new AccessGrantSpec.PortReference(
                        entitlement.port().name(), entitlement.port().uid()),
                entitlement.principal().name(),
                profile.toList(),
                wanted.agreementsOf(entitlement).stream()
                        .limit(Bounds.LIST)
                        .map(agreement -> new AccessGrantSpec.AgreementReference(
                                agreement.namespace(), agreement.name(), agreement.uid(), agreement.purpose()))
                        .toList());
    }
}

package dev.portcullis.cli.plan;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.cli.rehearsal.Rights;
import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.cli.report.Outcome.Need;
import dev.portcullis.engine.decision.FourEyes;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.engine.request.Parties;
import dev.portcullis.engine.request.PartiesLookup;
import dev.portcullis.engine.review.Review;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says who may give an approval that is missing: whom four eyes let, and who may write it, as far as Roles and bindings say. Of a port of which they say nothing, and of
 * people who may be in a group that has the verb, nobody is left out for that.
 */
final class Givers {
    /** By each of them a member of a team that is asked can file a Decision. */
    static final List<String> OF_MEMBERS = List.of("approve", "decide", "review");

    /**
     * Groups that hold everything in every cluster, by bindings that Kubernetes and kubeadm make themselves. They are for whoever sets the cluster up; were a member of a
     * team taken for one of them, nobody would ever be left out of a cluster's plan.
     */
    private static final Set<String> OF_ADMINISTRATORS =
            Set.of(Rights.GROUPS + "system:masters", Rights.GROUPS + "kubeadm:cluster-admins");

    private final Rights rights;
    private final FourEyes fourEyes;
    private final PartiesLookup parties;
    private final boolean knowsTeams;

    Givers(Settled world, PrincipalMapper principals) {
        this.rights = world.rights();
        this.fourEyes = new FourEyes(principals);
        this.parties = new PartiesLookup(world.mesh());
        // of a cluster not everybody may read them
        this.knowsTeams = !world.mesh().teams().isEmpty();
    }

    Need need(DataUsageAgreement agreement, Review.Missing missing, Review.Deciding deciding) {
        List<String> people = missing.isByVerb()
                ? holders(agreement, deciding)
                : members(agreement, missing.mayBeGivenBy(), deciding.recorded());
        return new Need(
                missing.count(),
                missing.whose(),
                people,
                people.size() >= missing.count() || people.stream().anyMatch(Givers::areMany)
                        ? null
                        : nobody(agreement, missing, people, deciding.recorded()));
    }

    private List<String> members(DataUsageAgreement agreement, List<String> members, boolean recorded) {
        // what a system records needs no verb of theirs
        if (recorded || !isKnown(agreement)) {
            return members;
        }
        Set<String> may = holding(agreement, OF_MEMBERS).collect(Collectors.toSet());
        return may.stream().anyMatch(Givers::areMany)
                ? members
                : members.stream().filter(may::contains).toList();
    }

    private List<String> holders(DataUsageAgreement agreement, Review.Deciding deciding) {
        Set<String> voters = deciding.given().stream().map(Review.Given::by).collect(Collectors.toSet());
        return holding(agreement, deciding.recorded() ? List.of("decide") : List.of("approve", "decide"))
                .filter(who -> !voters.contains(who) && mayDecide(who, agreement))
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<String> holding(DataUsageAgreement agreement, Collection<String> verbs) {
        var provider = agreement.getSpec().provider();
        return verbs.stream()
                .flatMap(verb -> rights.holders(verb, provider.namespace(), provider.outputPort()).stream())
                .filter(who -> !OF_ADMINISTRATORS.contains(who));
    }

    /** Whether Roles and bindings say anything of who decides on the port. */
    private boolean isKnown(DataUsageAgreement agreement) {
        return holding(agreement, OF_MEMBERS).findAny().isPresent();
    }

    private static boolean areMany(String who) {
        return who.startsWith(Rights.GROUPS);
    }

    private boolean mayDecide(String who, DataUsageAgreement agreement) {
        var snapshot = agreement.getStatus().snapshot();
        Optional<Parties> sides = snapshot == null ? Optional.empty() : parties.find(agreement, snapshot);
        return sides.isEmpty()
                || fourEyes.objection(
                                who, agreement, Objects.requireNonNull(snapshot).team(), sides.get())
                        .isEmpty();
    }

    private @Nullable String nobody(
            DataUsageAgreement agreement, Review.Missing missing, List<String> people, boolean recorded) {
        var provider = agreement.getSpec().provider();
        String port = "OutputPort " + provider.outputPort() + " in namespace " + provider.namespace();
        String few = people.isEmpty()
                ? "nobody can give it: "
                : "only " + String.join(", ", people) + " can, of " + missing.count() + ": ";
        if (missing.isByVerb()) {
            // of a repository that has no rights at all nothing follows
            return rights.holdings(OF_MEMBERS).isEmpty()
                    ? null
                    : few + "by the Roles and bindings known here nobody else has the verb "
                            + (recorded ? "decide" : "approve") + " there and neither asked nor gets the access; bind "
                            + (recorded ? "portcullis-decider" : "portcullis-approver") + " in namespace "
                            + provider.namespace() + " to somebody";
        }
        if (!knowsTeams) {
            return null;
        }
        return missing.mayBeGivenBy().size() >= missing.count()
                ? few
                        + String.join(
                                ", ",
                                missing.mayBeGivenBy().stream()
                                        .filter(member -> !people.contains(member))
                                        .toList())
                        + " may not decide on " + port
                        + " by the Roles and bindings known here; bind portcullis-approver (their own team's ports) or"
                        + " portcullis-second-approver to them in namespace " + provider.namespace()
                : few
                        + "of its other members each has asked, gets the access, or has decided already; have the platform team list more of them in the Team";
    }
}

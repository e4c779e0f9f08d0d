package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.engine.request.Requester;
import dev.portcullis.engine.request.Validity;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Neither requester nor beneficiary decides. Admission compares names; here it is compared again, with what admission cannot see: the same
 * principal under two names, and membership in the team that gets the access.
 */
public final class FourEyes {
    private final PrincipalMapper principals;

    public FourEyes(PrincipalMapper principals) {
        this.principals = principals;
    }

    /** Why this person must not decide on this request, if so. */
    public Optional<Problem> objection(String decider, DataUsageAgreement agreement, Validity.Valid request) {
        if (namesOf(agreement).anyMatch(name -> same(name, decider))) {
            return objection(decider + " requested this agreement or gets the access");
        }
        Beneficiary beneficiary =
                Requester.beneficiary(agreement, request.snapshot().team());
        if (samePrincipal(decider, beneficiary, request)) {
            return objection(decider + " has the principal of the beneficiary on "
                    + request.offer().platform().getMetadata().getName());
        }
        boolean ownTeam = !(beneficiary instanceof Beneficiary.User)
                // members of the port's team decide on their port, whoever acts
                && !request.consumer().name().equals(request.provider().name())
                && request.consumer().hasMember(decider);
        return ownTeam
                ? objection(
                        decider + " is a member of team " + request.consumer().name() + ", which gets the access")
                : Optional.empty();
    }

    private static Stream<String> namesOf(DataUsageAgreement agreement) {
        return Stream.of(
                        Requester.requestedBy(agreement),
                        Requester.writtenBy(agreement),
                        Optional.ofNullable(agreement.getSpec().consumer().user()))
                .flatMap(Optional::stream);
    }

    private boolean samePrincipal(String decider, Beneficiary beneficiary, Validity.Valid request) {
        var rules = request.offer().platform().getSpec().principalRules();
        return principals.map(new Beneficiary.User(decider), rules) instanceof PrincipalMapper.Result.Ok ofDecider
                && principals.map(beneficiary, rules) instanceof PrincipalMapper.Result.Ok ofBeneficiary
                && ofDecider.principal().equals(ofBeneficiary.principal());
    }

    private static boolean same(String one, String other) {
        return one.strip().toLowerCase(Locale.ROOT).equals(other.strip().toLowerCase(Locale.ROOT));
    }

    private static Optional<Problem> objection(String why) {
        return Optional.of(Problem.healing(
                "SelfDecision", why + ": nobody decides on an agreement of their own; somebody else decides it anew"));
    }
}

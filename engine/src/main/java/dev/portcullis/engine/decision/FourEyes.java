package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.platform.PrincipalRules;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.engine.request.Parties;
import dev.portcullis.engine.request.Requester;
import java.util.List;
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
    public Optional<Problem> objection(
            String decider, DataUsageAgreement agreement, String actingTeam, Parties parties) {
        if (namesOf(agreement).anyMatch(name -> same(name, decider))) {
            return objection(decider + " requested this agreement or gets the access");
        }
        Beneficiary beneficiary = Requester.beneficiary(agreement, actingTeam);
        Optional<Problem> samePrincipal = samePrincipal(decider, beneficiary, parties);
        if (samePrincipal.isPresent()) {
            return samePrincipal;
        }
        boolean ownTeam = !(beneficiary instanceof Beneficiary.User)
                // members of the port's team decide on their port, whoever acts
                && !parties.consumer().name().equals(parties.provider().name())
                && parties.consumer().members().anyMatch(member -> same(member, decider));
        return ownTeam
                ? objection(
                        decider + " is a member of team " + parties.consumer().name() + ", which gets the access")
                : Optional.empty();
    }

    /** Why this account must not even write down what another decided: whose request it is could say so of anybody. As admission has it for the annotation. */
    Optional<Problem> objectionToRecorder(String recorder, DataUsageAgreement agreement) {
        return Stream.of(
                                Requester.requestedBy(agreement),
                                Optional.ofNullable(
                                        agreement.getSpec().consumer().user()))
                        .flatMap(Optional::stream)
                        .anyMatch(name -> same(name, recorder))
                ? objection(recorder + ", who wrote it down, requested this agreement or gets the access")
                : Optional.empty();
    }

    private static Stream<String> namesOf(DataUsageAgreement agreement) {
        return Stream.of(
                        Requester.requestedBy(agreement),
                        Requester.writtenBy(agreement),
                        Optional.ofNullable(agreement.getSpec().consumer().user()))
                .flatMap(Optional::stream);
    }

    private Optional<Problem> samePrincipal(String decider, Beneficiary beneficiary, Parties parties) {
        String platform = parties.platform().getMetadata().getName();
        PrincipalRules rules = parties.platform().getSpec().principalRules();
        if (!(principals.map(new Beneficiary.User(decider), rules) instanceof PrincipalMapper.Result.Ok ofDecider)) {
            return unknown(decider, platform);
        }
        boolean toMembers = beneficiary instanceof Beneficiary.WholeTeam
                && parties.consumer().grantsToMembers();
        List<Beneficiary> everyone = toMembers
                ? parties.consumer()
                        .members()
                        .<Beneficiary>map(Beneficiary.User::new)
                        .toList()
                : List.of(beneficiary);
        for (Beneficiary one : everyone) {
            if (!(principals.map(one, rules) instanceof PrincipalMapper.Result.Ok ofBeneficiary)) {
                return unknown(one.label(), platform);
            }
            if (ofDecider.principal().equals(ofBeneficiary.principal())) {
                return objection(decider + " has the same principal on " + platform + " as " + one.label()
                        + ", who gets the access");
            }
        }
        return Optional.empty();
    }

    /** What cannot be compared is not taken for different. */
    private static Optional<Problem> unknown(String who, String platform) {
        return Optional.of(Problem.healing(
                "PrincipalUnknown",
                "what " + who + " is called on " + platform
                        + " cannot be told, so nobody knows whether the decider gets the"
                        + " access: the platform team mends spec.principals of DataPlatform " + platform
                        + ", then decide again"));
    }

    /** Whether two names are one person's: the same but for case and space around it, or the same principal on the platform. */
    boolean isOnePerson(String one, String other, DataPlatform platform) {
        return same(one, other)
                || (principals.map(new Beneficiary.User(one), platform.getSpec().principalRules())
                                instanceof PrincipalMapper.Result.Ok first
                        && principals.map(
                                        new Beneficiary.User(other),
                                        platform.getSpec().principalRules())
                                instanceof PrincipalMapper.Result.Ok second
                        && first.principal().equals(second.principal()));
    }

    private static boolean same(String one, String other) {
        return one.strip().toLowerCase(Locale.ROOT).equals(other.strip().toLowerCase(Locale.ROOT));
    }

    private static Optional<Problem> objection(String why) {
        return Optional.of(Problem.healing(
                "SelfDecision", why + ": nobody decides on an agreement of their own; somebody else decides it anew"));
    }
}

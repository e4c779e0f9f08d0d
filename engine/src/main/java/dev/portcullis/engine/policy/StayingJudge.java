package dev.portcullis.engine.policy;

import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.AppliedRule;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.offer.Offer;
import dev.portcullis.engine.policy.PolicyExpression.Answer;
import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.engine.request.Requester;
import dev.portcullis.engine.request.Validity;
import dev.portcullis.engine.team.ActingTeam;
import dev.portcullis.engine.time.Period;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says whom policies let have an access as long as it lasts: what their {@code while} asks of each person, as the Teams are now. Whose answer is not known is left out. */
public final class StayingJudge {
    private final World world;
    private final PolicyFacts facts;
    private final PolicyExpressions expressions;

    public StayingJudge(World world, PolicyExpressions expressions) {
        this.world = world;
        this.facts = new PolicyFacts(world);
        this.expressions = expressions;
    }

    /** What is asked of the people of one agreement. */
    public Terms terms(DataUsageAgreement agreement, Snapshot snapshot, Offer offer, Period period, Instant now) {
        List<AppliedRule> rules =
                Optional.ofNullable(snapshot.policies()).map(AppliedPolicies::rules).orElse(List.of()).stream()
                        .filter(rule -> rule.asLongAs() != null)
                        .toList();
        ActingTeam consumer = new ActingTeam(snapshot.team(), world.team(snapshot.team()));
        // while a Team is gone nothing is known of its people: what holds of those who left it holds of all
        boolean isGone = snapshot.memberOfTeam() != null && consumer.object().isEmpty();
        if (rules.isEmpty() || isGone) {
            return new Terms(List.of(), Map.of(), consumer, Members.NONE);
        }
        ActingTeam provider = new ActingTeam(snapshot.providerTeam(), world.team(snapshot.providerTeam()));
        Members members = new Members(consumer);
        return new Terms(
                rules,
                facts.ofRequest(
                        agreement, new Validity.Valid(snapshot, offer, consumer, provider), period, members, now),
                consumer,
                members);
    }

    /** What is asked of the people of one agreement. */
    public final class Terms {
        private final List<AppliedRule> rules;
        private final Map<String, Object> seen;
        private final ActingTeam team;
        private final Members members;

        private Terms(List<AppliedRule> rules, Map<String, Object> seen, ActingTeam team, Members members) {
            this.rules = rules;
            this.seen = seen;
            this.team = team;
            this.members = members;
        }

        /** Why all of it is withdrawn, where it cannot be withdrawn from single people: the user, or somebody behind a principal that several use. */
        public Optional<String> breach(DataUsageAgreement agreement) {
            if (rules.isEmpty() || isGivenOneByOne(agreement)) {
                return Optional.empty();
            }
            Beneficiary beneficiary = Requester.beneficiary(agreement, team.name());
            if (!(beneficiary instanceof Beneficiary.User) && !team.listsMembers()) {
                return Optional.of("team " + team.name() + " does not list its people, of whom rule "
                        + name(rules.get(0)) + " asks something");
            }
            Stream<String> people =
                    beneficiary instanceof Beneficiary.User user ? Stream.of(user.name()) : team.members();
            return people.flatMap(person -> broken(person)
                            .map(rule -> person + " does not meet, or is not known to meet, what rule " + name(rule)
                                    + " asks as long as the access lasts")
                            .stream())
                    .findFirst();
        }

        /** Whom of a team that gets the access one by one they leave out. */
        public LeftOut leftOut(DataUsageAgreement agreement) {
            if (rules.isEmpty() || !isGivenOneByOne(agreement)) {
                return LeftOut.NOBODY;
            }
            Map<String, AppliedRule> broken = new LinkedHashMap<>();
            team.members().forEach(person -> broken(person).ifPresent(rule -> broken.put(person, rule)));
            return broken.isEmpty()
                    ? LeftOut.NOBODY
                    : new LeftOut(
                            broken.keySet(),
                            Optional.of("not to " + broken.size() + " of "
                                    + team.members().count() + " members of team " + team.name()
                                    + ", who do not meet, or are not known to meet, what rule "
                                    + name(broken.values().iterator().next())
                                    + " asks as long as the access lasts"));
        }

        /** Why nobody would have the access now: all of it would be withdrawn, or everybody of the team be left out. */
        public Optional<String> leavesNobody(DataUsageAgreement agreement) {
            if (!isGivenOneByOne(agreement) || rules.isEmpty() || !team.listsMembers()) {
                return breach(agreement);
            }
            return team.members().anyMatch(person -> broken(person).isEmpty())
                    ? Optional.empty()
                    : Optional.of("nobody of team " + team.name() + " meets, or is known to meet, what "
                            + rules.stream().map(rule -> "rule " + name(rule)).collect(Collectors.joining(", "))
                            + " asks as long as the access lasts");
        }

        private boolean isGivenOneByOne(DataUsageAgreement agreement) {
            return team.grantsToMembers()
                    && Requester.beneficiary(agreement, team.name()) instanceof Beneficiary.WholeTeam;
        }

        private Optional<AppliedRule> broken(String user) {
            if (rules.isEmpty()) {
                return Optional.empty();
            }
            Map<String, Object> ofOne = facts.ofOne(seen, user, members);
            return rules.stream()
                    .filter(rule -> !expressions
                            .of(Objects.requireNonNull(rule.asLongAs()))
                            .evaluate(ofOne)
                            .equals(Answer.TRUE))
                    .findFirst();
        }

        private static String name(AppliedRule rule) {
            return rule.rule() + " of ApprovalPolicy " + rule.policy();
        }
    }
}

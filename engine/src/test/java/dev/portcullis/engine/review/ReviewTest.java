package dev.portcullis.engine.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.api.agreement.AppliedRule.Effect;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import dev.portcullis.engine.review.Review.Missing;
import dev.portcullis.engine.review.Review.Person;
import dev.portcullis.engine.review.Review.PolicyView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an approver sees of a request. */
class ReviewTest {
    private static final String PII = """
            mode: Mandatory
            rules:
            - {name: none-of-it, when: "!port.containsPii", approve: true}
            - name: contractors
              when: beneficiaries.exists(b, b.attributes.employment == 'contractor')
              require:
                approvals: [{from: {provider: true}}, {from: {team: privacy}, count: 2}]
                maxDuration: P90D
                recertifyEvery: P30D
            - {name: rest, when: "true", reject: Ask the data office first.}
            requestTimeout: P14D
            """;

    private final Mesh mesh = Mesh.standard();

    private Review review(Case request) {
        return mesh.reviews().review(request.object(), mesh.now());
    }

    private Case contractorsOnPii() {
        mesh.policy("pii", PII);
        mesh.port().pii(true);
        mesh.team("privacy").members("pat@example.com", "kim@example.com", "lou@example.com");
        mesh.team("marketing")
                .knows(People.TAYLOR, Map.of("employment", "employee", "country", "DE"))
                .knows(People.QUINN, Map.of("employment", "contractor"));
        return mesh.request().forUser(People.QUINN);
    }

    @Test
    void saysWhoAsksAndForWhom() {
        Review.Parties parties = review(contractorsOnPii().settle()).parties();

        assertThat(parties.requester())
                .isEqualTo(new Person(
                        People.TAYLOR, Map.of("employment", "employee", "country", "DE"), List.of("marketing")));
        assertThat(parties.beneficiary()).isEqualTo(People.QUINN);
        assertThat(parties.people())
                .containsExactly(new Person(People.QUINN, Map.of("employment", "contractor"), List.of("marketing")));
        assertThat(parties.peopleInAll()).isEqualTo(1);
        assertThat(parties.consumerTeam()).isEqualTo("marketing");
        assertThat(parties.providerTeam()).isEqualTo("checkout");
    }

    @Test
    void ofATeamItShowsThePeople() {
        Review.Parties parties =
                review(mesh.request().forWholeTeam("marketing").settle()).parties();

        assertThat(parties.beneficiary()).isEqualTo("team marketing");
        assertThat(parties.people()).extracting(Person::user).containsExactly(People.TAYLOR, People.QUINN);
    }

    @Test
    void ofABigTeamItShowsSomeAndHowManyThereAre() {
        mesh.team("marketing")
                .members(IntStream.range(0, 300).mapToObj(i -> "user" + i).toArray(String[]::new));

        Review.Parties parties =
                review(mesh.request().forProduct("churn").settle()).parties();

        assertThat(parties.beneficiary()).isEqualTo("data product marketing/churn");
        assertThat(parties.people()).hasSize(50);
        assertThat(parties.peopleInAll()).isEqualTo(300);
    }

    @Test
    void ofATeamThatListsNobodyNothingIsClaimed() {
        mesh.team("marketing").members();

        Review.Parties parties =
                review(mesh.request().forProduct("churn").settle()).parties();

        assertThat(parties.people()).isEmpty();
        assertThat(parties.peopleInAll()).isNull();
    }

    @Test
    void saysWhatIsAskedAgainstWhatIsOffered() {
        Review all = review(mesh.request().settle());
        assertThat(all.asked().objects())
                .containsExactly("shop.sales.order_items (order_id, sku)", "shop.sales.orders");
        assertThat(all.asked().offered()).isEqualTo(all.asked().objects());
        assertThat(all.asked().isAllOfIt()).isTrue();
        assertThat(all.asked().containsPii()).isFalse();
        assertThat(all.request()).startsWith("sha256:");

        Review some = review(mesh.request().selecting(null, "orders").settle());
        assertThat(some.asked().objects()).containsExactly("shop.sales.orders");
        assertThat(some.asked().isAllOfIt()).isFalse();
        assertThat(some.asked().offered()).hasSize(2);
    }

    @Test
    void saysWhichApprovalsAreMissingAndWhoMayGiveThem() {
        Case request = contractorsOnPii().settle();

        assertThat(review(request).deciding().missing())
                .containsExactly(
                        new Missing(1, "members of team checkout", List.of(People.OLGA, People.OTTO), false),
                        new Missing(
                                2,
                                "members of team privacy",
                                List.of("pat@example.com", "kim@example.com", "lou@example.com"),
                                false));
        assertThat(review(request).deciding().rule()).isEqualTo("pii/contractors");
    }

    @Test
    void whoMayNotReadAllIsToldWhatTheOperatorSaysAndNoProblemThatThereIsNot() {
        Case request = contractorsOnPii().settle();
        mesh.withoutPlatform().withoutTeam("checkout").withoutTeam("marketing");

        Review inPart = mesh.reviews().reviewInPart(request.object(), mesh.now());

        assertThat(review(request).problem()).isNotNull();
        assertThat(inPart.problem()).isNull();
        assertThat(inPart.phase()).isEqualTo(Phase.Requested);
        assertThat(inPart.deciding().rule()).isEqualTo("pii/contractors");
        assertThat(inPart.deciding().missing())
                .containsExactly(
                        new Missing(
                                1,
                                "the provider's team, or whoever holds the verb approve on OutputPort orders-v1 in namespace checkout",
                                List.of(),
                                true),
                        new Missing(2, "members of team privacy", List.of(), false));
        assertThat(ReviewText.of(inPart)).contains("\nObjects\n");
    }

    @Test
    void whoMustNotDecideAndWhoHasDecidedAreNotNamed() {
        mesh.team("privacy").members(People.TAYLOR, People.QUINN, "pat@example.com", "kim@example.com");
        Case request = contractorsOnPii();
        mesh.team("privacy").members(People.TAYLOR, People.QUINN, "pat@example.com", "kim@example.com");
        request.settle();
        mesh.decision("first").says(Verdict.approved, "pat@example.com").asReviewer();
        request.settle();

        assertThat(review(request).deciding().missing().get(1))
                .isEqualTo(new Missing(1, "members of team privacy", List.of("kim@example.com"), false));
        assertThat(review(request).deciding().given())
                .extracting(Review.Given::by)
                .containsExactly("pat@example.com");
    }

    @Test
    void whereTheProvidersTeamListsNobodyTheVerbSays() {
        mesh.policy(
                "pii",
                "{mode: Mandatory, rules: [{name: all, when: 'true', require: {approvals: [{from: {provider: true}}]}}]}");
        mesh.team("checkout").members();

        assertThat(review(mesh.request().settle()).deciding().missing())
                .containsExactly(new Missing(
                        1,
                        "whoever holds the verb approve on OutputPort orders-v1 in namespace checkout",
                        List.of(),
                        true));
    }

    @Test
    void withoutPoliciesAnybodyWithTheVerbDecides() {
        assertThat(review(mesh.request().settle()).deciding().missing())
                .extracting(Missing::whose)
                .containsExactly("whoever holds the verb approve on OutputPort orders-v1 in namespace checkout");
        mesh.port().workflow(Workflow.External);
        Review.Deciding deciding = review(mesh.request().settle()).deciding();
        assertThat(deciding.recorded()).isTrue();
        assertThat(deciding.missing())
                .extracting(Missing::whose)
                .containsExactly("whoever holds the verb decide on OutputPort orders-v1 in namespace checkout");
    }

    @Test
    void ofWhatIsDecidedNothingIsMissing() {
        Review.Deciding deciding = review(
                        mesh.request().settle().decided("approved", People.OLGA).settle())
                .deciding();

        assertThat(deciding.missing()).isEmpty();
        assertThat(deciding.given()).extracting(Review.Given::decision).containsExactly(Verdict.approved);
    }

    @Test
    void saysWhichRulesApplyAndWhy() {
        mesh.policy(
                "elsewhere",
                "{mode: Mandatory, ports: {namespaces: [finance]}, rules: [{name: all, when: 'true', reject: No.}]}");
        mesh.policy(
                "late",
                "{mode: Default, rules: [{name: odd, when: \"beneficiaries.all(b, b.attributes.floor == '1')\", approve: true}]}");

        List<PolicyView> policies = review(contractorsOnPii().settle()).policies();

        assertThat(policies).extracting(PolicyView::policy).containsExactly("elsewhere", "pii", "late");
        assertThat(policies.get(0).isAboutThePort()).isFalse();
        assertThat(policies.get(0).rules()).isEmpty();
        assertThat(policies.get(1).applies().rule()).isEqualTo("contractors");
        assertThat(policies.get(1).applies().effect()).isEqualTo(Effect.Require);
        assertThat(policies.get(1).rules())
                .extracting(rule -> rule.rule() + " " + rule.finding())
                .containsExactly("none-of-it does not match", "contractors matches", "rest not asked");
        assertThat(policies.get(2).rules().get(0).finding()).isEqualTo("cannot be told");
        assertThat(policies.get(2).rules().get(0).why()).contains("floor");
        assertThat(policies).extracting(PolicyView::isAnotherNow).containsOnly(false);
    }

    @Test
    void whatAPolicySaysNowIsToldApartFromWhatWasKept() {
        Case request = contractorsOnPii().settle();
        mesh.policy("pii", "{mode: Mandatory, rules: [{name: all, when: 'true', approve: true}]}");
        mesh.policy("new", "{mode: Mandatory, rules: [{name: all, when: 'true', reject: No.}]}");

        List<PolicyView> policies = review(request).policies();

        assertThat(policies).extracting(PolicyView::isAnotherNow).containsOnly(true);
        assertThat(policies.get(0).applies()).isNull();
        assertThat(policies.get(1).applies().rule()).isEqualTo("contractors");
        mesh.withoutPolicy("pii").withoutPolicy("new");
        assertThat(review(request).policies()).singleElement().satisfies(gone -> {
            assertThat(gone.isAnotherNow()).isTrue();
            assertThat(gone.rules()).isEmpty();
        });
    }

    @Test
    void ofWhatIsUnclearItSaysWhatIsMissing() {
        Case request = contractorsOnPii().forUser(People.RILEY).settle();

        Review review = review(request);

        assertThat(review.phase()).isEqualTo(Phase.Invalid);
        assertThat(review.problem()).contains("rule contractors of ApprovalPolicy pii", "employment");
        assertThat(review.policies().get(0).applies()).isNull();
        assertThat(review.policies().get(0).rules().get(1).finding()).isEqualTo("cannot be told");
    }

    @Test
    void saysWhenItWouldEnd() {
        Case request = contractorsOnPii().from("2026-12-01").until("2027-11-30").settle();

        Review.Dates dates = review(request).dates();

        assertThat(dates.start()).isEqualTo("2026-12-01");
        assertThat(dates.askedEnd()).isEqualTo("2027-11-30");
        assertThat(dates.endsIfApprovedNow()).isEqualTo("2027-03-01T00:00:00Z");
        assertThat(dates.expiresUnanswered()).isEqualTo("2026-12-06T12:00:00Z");
        assertThat(dates.limits())
                .containsExactly("pii/contractors: at most P90D", "pii/contractors: to be certified anew every P30D");
        assertThat(review(mesh.request().until("2026-02-30").settle()).dates()).isNull();
    }

    @Test
    void saysWhoHasTheAccessAlready() {
        Case first = mesh.request()
                .withUid("a")
                .settle()
                .decided("approved", People.OLGA)
                .settle();
        mesh.request().withUid("b").forUser(People.RILEY).settle();
        Case request = mesh.request().withUid("c").forProduct("churn").settle();

        assertThat(review(request).access().holdersInAll()).isEqualTo(1);
        assertThat(review(request).access().holders()).singleElement().satisfies(holder -> {
            assertThat(holder.beneficiary()).isEqualTo(People.TAYLOR);
            assertThat(holder.team()).isEqualTo("marketing");
            assertThat(holder.since()).isEqualTo("2026-11-22T12:00:00Z");
            assertThat(holder.rule()).isEqualTo("manual");
        });
        first.suspend(true).settle();
        assertThat(review(request).access().holders()).isEmpty();
    }

    @Test
    void ofManyItShowsSomeAndHowManyThereAre() {
        mesh.port().autoApprove(true);
        IntStream.range(0, 30).forEach(i -> mesh.request().withUid("u" + i).settle());

        Review review = review(mesh.request().withUid("mine"));

        assertThat(review.access().holdersInAll()).isEqualTo(30);
        assertThat(review.access().holders()).hasSize(20);
        assertThat(ReviewText.of(review)).contains("Has the access already: 30", "and 10 more");
    }

    @Test
    void saysWhatWasRefusedBeforeToTheSameTeamOrPerson() {
        mesh.team("bi").namespaces("bi").members(People.RILEY);
        mesh.request()
                .withUid("a")
                .settle()
                .decided("rejected", People.OLGA)
                .because("Not for this.")
                .settle();
        mesh.later(Duration.ofDays(1));
        mesh.request()
                .withUid("b")
                .forUser(People.QUINN)
                .settle()
                .decided("approved", People.OLGA)
                .settle()
                .decided("revoked", People.OTTO)
                .settle();
        mesh.requestFrom("bi")
                .withUid("c")
                .forUser(People.RILEY)
                .settle()
                .decided("rejected", People.OLGA)
                .settle();

        Review.Access ofMarketing = review(mesh.request().withUid("d").settle()).access();
        assertThat(ofMarketing.earlierInAll()).isEqualTo(2);
        assertThat(ofMarketing.earlier())
                .extracting(one -> one.decision() + " " + one.beneficiary() + " " + one.reason())
                .containsExactly("revoked quinn@example.com null", "rejected taylor@example.com Not for this.");

        Review.Access ofRiley = review(
                        mesh.request().withUid("e").forUser(People.RILEY).settle())
                .access();
        assertThat(ofRiley.earlierInAll()).as("the person's, and the team's").isEqualTo(3);
        assertThat(review(mesh.requestFrom("bi")
                                .withUid("f")
                                .forUser(People.OTTO)
                                .settle())
                        .access()
                        .earlier())
                .extracting(Review.Earlier::beneficiary)
                .containsExactly(People.RILEY);
    }

    @Test
    void whatIsNotThereIsSaid() {
        mesh.withoutPort();

        Review review = review(mesh.request().settle());

        assertThat(review.problem()).contains("there is no OutputPort orders-v1");
        assertThat(review.asked().containsPii()).isNull();
        assertThat(review.deciding()).isNull();
        assertThat(review.policies()).isEmpty();
        assertThat(ReviewText.of(review)).contains("nobody can decide now: there is no OutputPort orders-v1");
    }

    @Test
    void nothingOfItChangesWhatIsJudged() {
        Case request = contractorsOnPii().settle();
        var before = request.status();

        review(request);

        assertThat(request.settle().status()).isEqualTo(before);
    }

    @Test
    void oneThatNobodyHasLookedAtIsReviewedAsItWillBeSeen() {
        Case request = contractorsOnPii();

        Review before = review(request);

        assertThat(before).isEqualTo(review(request.settle()));
        assertThat(before.deciding().rule()).isEqualTo("pii/contractors");
    }

    @Test
    void asJsonWhatIsNotKnownIsNotThere() throws JsonProcessingException {
        mesh.withoutPort();
        JsonNode json = new ObjectMapper()
                .readTree(new ObjectMapper()
                        .writeValueAsString(review(mesh.request().settle())));

        assertThat(json.at("/agreement/name").asText()).isEqualTo("churn-orders");
        assertThat(json.at("/phase").asText()).isEqualTo("Invalid");
        assertThat(json.has("deciding")).isFalse();
        assertThat(json.at("/asked").has("containsPii")).isFalse();
    }

    @Test
    void isReadOnATerminal() {
        Case request = contractorsOnPii().from("2026-12-01").settle();

        assertThat(ReviewText.of(review(request)).replaceAll("sha256:[0-9a-f]{64}", "sha256:..."))
                .isEqualTo("""
                        Agreement marketing/churn-orders, Requested
                        Asks for checkout/orders-v1
                          data product: orders
                          platform: warehouse
                          personal data: YES
                        Purpose
                          | Train the monthly churn model.
                        Objects: all that the port offers
                          - shop.sales.order_items (order_id, sku)
                          - shop.sales.orders
                        Requested by
                          - taylor@example.com: country=DE employment=employee, in marketing
                        For
                          - quinn@example.com: employment=contractor, in marketing
                          team that asks: marketing
                          team that offers: checkout
                        Time
                          from: 2026-12-01
                          asked until, or how long: no end
                          ends, if approved now: 2027-03-01T00:00:00Z
                          expires unanswered: 2026-12-06T12:00:00Z
                          - pii/contractors: at most P90D
                          - pii/contractors: to be certified anew every P30D
                        Decision
                          rule: pii/contractors
                          - needs 1 approval of members of team checkout: olga@example.com, otto@example.com
                          - needs 2 approvals of members of team privacy: pat@example.com, kim@example.com, lou@example.com
                          request: sha256:...
                        Policies: 1
                          - pii (Mandatory): rule contractors applies: Require
                            - none-of-it does not match
                              | !port.containsPii
                            - contractors matches
                              | beneficiaries.exists(b, b.attributes.employment == 'contractor')
                            - rest not asked
                              | true
                        Has the access already: 0
                        Refused or taken back before, of the same team or beneficiary: 0""");
    }

    @Test
    void theNewestComesFirstAndOfTheSameInstantTheFirstByName() {
        mesh.team("bi").namespaces("bi").members(People.RILEY);
        mesh.port().autoApprove(true);
        mesh.requestFrom("bi").withUid("a").forUser("one@example.com").settle();
        mesh.request().withUid("b").forUser("two@example.com").settle();
        mesh.later(Duration.ofDays(1));
        mesh.requestFrom("zoo").withUid("c").forUser("three@example.com").settle();
        mesh.requestFrom("marketing").withUid("d").forUser("four@example.com").settle();
        Case request = mesh.request().withUid("e");

        assertThat(review(request).access().holders())
                .extracting(Review.Holder::beneficiary)
                .containsExactly("four@example.com", "three@example.com", "one@example.com", "two@example.com");
    }

    @Test
    void whatWasRefusedLastComesFirst() {
        mesh.requestFrom("zoo")
                .withUid("a")
                .settle()
                .decided("rejected", People.OLGA)
                .settle();
        mesh.request().withUid("b").settle().decided("rejected", People.OLGA).settle();
        mesh.later(Duration.ofDays(1));
        mesh.requestFrom("zoo")
                .withUid("c")
                .settle()
                .decided("rejected", People.OTTO)
                .settle();

        assertThat(review(mesh.request().withUid("d")).access().earlier())
                .extracting(one -> one.agreement().namespace() + " by " + one.by())
                .containsExactly("zoo by " + People.OTTO, "marketing by " + People.OLGA, "zoo by " + People.OLGA);
    }

    @Test
    void anAgreementIsNotItsOwnHistory() {
        Case active = mesh.request().settle().decided("approved", People.OLGA).settle();
        assertThat(review(active).access().holdersInAll()).isZero();

        active.decided("revoked", People.OLGA).settle();
        assertThat(review(active).access().earlierInAll()).isZero();
    }

    @Test
    void saysWhichTermsAreAccepted() {
        Case request = mesh.request().accepting("2026-01").acceptingOfPolicies("pii-handling", "2026-02");

        assertThat(review(request).asked().accepted())
                .isEqualTo(Map.of("the product's terms", "2026-01", "pii-handling", "2026-02"));
        assertThat(review(mesh.request()).asked().accepted()).isEmpty();
    }

    @Test
    void whatStandsInTheWaySinceTheLastLookIsSaid() {
        Case waiting = mesh.request().settle();
        Case decided = mesh.request().settle().decided("approved", People.OLGA).settle();
        mesh.withoutPort();

        assertThat(review(waiting).phase()).isEqualTo(Phase.Requested);
        assertThat(review(waiting).problem()).contains("there is no OutputPort orders-v1");
        assertThat(review(decided).problem()).as("nobody has to decide it").isNull();
    }
}

package dev.portcullis.engine.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.AppliedRule.Effect;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.policy.PolicyMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a terminal shows of a review that has everything, or next to nothing. */
class ReviewTextTest {
    private static final Review.Name PORT = new Review.Name("checkout", "orders-v1");
    private static final Review.Person TAYLOR =
            new Review.Person("taylor@example.com", Map.of("country", "DE"), List.of("marketing", "bi"));
    private static final Review.Person STRANGER = new Review.Person("sam@example.com", Map.of(), List.of());

    private static Review.Name agreement(String name) {
        return new Review.Name("marketing", name);
    }

    private static Review full() {
        return new Review(
                agreement("churn"),
                Phase.Requested,
                "Team checkout is gone",
                "sha256:1",
                new Review.Asked(
                        PORT,
                        "orders",
                        "One row per order.",
                        "warehouse",
                        false,
                        "Train it.",
                        Map.of("retention", "30 days"),
                        Map.of("pii-handling", "2026-01"),
                        List.of("shop.sales.orders (id)"),
                        List.of("shop.sales.orders (id, email)"),
                        false),
                new Review.Parties(TAYLOR, "bot@example.com", "team marketing", List.of(TAYLOR, STRANGER), 7, "a", "b"),
                new Review.Dates(null, "P30D", null, null, List.of()),
                new Review.Deciding(
                        "pii/all",
                        true,
                        List.of(new Review.Missing(1, "members of team privacy", List.of(), false)),
                        List.of(
                                new Review.Given(Verdict.approved, "olga@example.com", "2026-11-22", "Fine."),
                                new Review.Given(Verdict.approved, "otto@example.com", "2026-11-23", null))),
                List.of(
                        new Review.PolicyView("elsewhere", PolicyMode.Mandatory, false, null, false, List.of()),
                        new Review.PolicyView(
                                "pii",
                                PolicyMode.Mandatory,
                                true,
                                new Review.AppliedView("all", Effect.Require, null),
                                true,
                                List.of(new Review.RuleView("all", "true", "cannot be told", "no floor"))),
                        new Review.PolicyView("new", PolicyMode.Default, true, null, false, List.of())),
                new Review.Access(
                        List.of(
                                new Review.Holder(agreement("a"), "quinn@example.com", "bi", "2026-01-01", "manual"),
                                new Review.Holder(agreement("b"), "sam@example.com", null, "2026-01-02", "same-team")),
                        5,
                        List.of(
                                new Review.Earlier(
                                        agreement("c"), "kim", Verdict.rejected, "olga", "2026-02-01", "Not for this."),
                                new Review.Earlier(agreement("d"), "lou", Verdict.revoked, "otto", "2026-02-02", null)),
                        3));
    }

    /** Who looks at what is approved is not told what would be. */
    @Test
    void whatIsApprovedEndsAndWhatIsOverHasEnded() {
        assertThat(ReviewText.of(in(Phase.Active)))
                .contains("\n  ends: never\n")
                .doesNotContain("if approved now");
        assertThat(ReviewText.of(in(Phase.Revoked))).doesNotContain("  ends");
    }

    private static Review in(Phase phase) {
        Review full = full();
        return new Review(
                full.agreement(),
                phase,
                full.problem(),
                full.request(),
                full.asked(),
                full.parties(),
                full.dates(),
                full.deciding(),
                full.policies(),
                full.access());
    }

    @Test
    void everythingThereIsToSayIsSaid() {
        assertThat(ReviewText.of(full())).isEqualTo("""
                        Agreement marketing/churn, Requested
                        Asks for checkout/orders-v1
                          data product: orders
                          platform: warehouse
                          personal data: no
                          description:
                          | One row per order.
                        Purpose
                          | Train it.
                          answer to retention:
                          | 30 days
                          accepts pii-handling: revision 2026-01
                        Objects that are asked for
                          - shop.sales.orders (id)
                        The port offers now
                          - shop.sales.orders (id, email)
                        Requested by
                          - taylor@example.com: country=DE, in marketing, bi
                          written by: bot@example.com
                        For
                          - team marketing
                          - taylor@example.com: country=DE, in marketing, bi
                          - sam@example.com: no attributes, in no team
                          - and 5 more
                          team that asks: a
                          team that offers: b
                        Time
                          from: the approval on
                          asked until, or how long: P30D
                          ends, if approved now: never
                        Decision
                          nobody can decide now: Team checkout is gone
                          rule: pii/all
                          only recorded decisions count: yes
                          - approved by olga@example.com at 2026-11-22:
                          | Fine.
                          - approved by otto@example.com at 2026-11-23
                          - needs 1 approval of members of team privacy
                          request: sha256:1
                        Policies: 3
                          - elsewhere (Mandatory): not about this port
                          - pii (Mandatory): rule all applies: Require; it says something else now, which changes nothing
                            of this request
                            - all cannot be told: no floor
                              | true
                          - new (Default): nothing kept of it
                        Has the access already: 5
                          - quinn@example.com of team bi, since 2026-01-01 by rule manual (marketing/a)
                          - sam@example.com of no known team, since 2026-01-02 by rule same-team (marketing/b)
                          - and 3 more
                        Refused or taken back before, of the same team or beneficiary: 3
                          - rejected by olga at 2026-02-01, for kim (marketing/c):
                          | Not for this.
                          - revoked by otto at 2026-02-02, for lou (marketing/d)
                          - and 1 more""");
    }

    @Test
    void whatIsNotKnownIsSaidToBeSo() {
        Review review = new Review(
                agreement("churn"),
                Phase.Invalid,
                null,
                null,
                new Review.Asked(
                        PORT, null, null, null, null, "Train it.", Map.of(), Map.of(), List.of(), List.of(), false),
                new Review.Parties(null, null, "team marketing", List.of(), null, null, null),
                null,
                null,
                List.of(),
                new Review.Access(List.of(), 0, List.of(), 0));

        assertThat(ReviewText.of(review)).isEqualTo("""
                        Agreement marketing/churn, Invalid
                        Asks for checkout/orders-v1
                        Purpose
                          | Train it.
                        Requested by nobody known
                        For
                          - team marketing
                          - its team does not say who belongs to it
                        Decision
                        Policies: none looked at
                        Has the access already: 0
                        Refused or taken back before, of the same team or beneficiary: 0""");
    }

    /** The lines of a purpose, without what stands before each. */
    private static List<String> purpose(String text) {
        Review full = full();
        Review.Asked asked = full.asked();
        Review review = new Review(
                full.agreement(),
                full.phase(),
                full.problem(),
                full.request(),
                new Review.Asked(
                        PORT, null, null, null, null, text, Map.of(), Map.of(), List.of(), asked.offered(), true),
                full.parties(),
                full.dates(),
                full.deciding(),
                full.policies(),
                full.access());
        return ReviewText.of(review)
                .lines()
                .dropWhile(line -> !line.equals("Purpose"))
                .skip(1)
                .takeWhile(line -> line.startsWith("  | "))
                .map(line -> line.substring(4))
                .toList();
    }

    @Test
    void aLineHasAHundredCharacters() {
        assertThat(purpose("x".repeat(96))).containsExactly("x".repeat(96));
        assertThat(purpose("x".repeat(97))).containsExactly("x".repeat(96), "x");
        assertThat(purpose("x".repeat(200))).containsExactly("x".repeat(96), "x".repeat(96), "x".repeat(8));
    }

    @Test
    void aLineIsBrokenBetweenWords() {
        String sixty = "a".repeat(60);
        assertThat(purpose(sixty + " " + sixty + " " + sixty)).containsExactly(sixty, sixty, sixty);
        assertThat(purpose("a".repeat(95) + " b")).containsExactly("a".repeat(95), "b");
        assertThat(purpose("a".repeat(96) + " b")).containsExactly("a".repeat(96), " b");
    }

    @Test
    void aWordIsBrokenWhereMostOfTheLineWouldBeLost() {
        assertThat(purpose("a".repeat(48) + " " + "b".repeat(60)))
                .containsExactly("a".repeat(48) + " " + "b".repeat(47), "b".repeat(13));
        assertThat(purpose("a".repeat(49) + " " + "b".repeat(60))).containsExactly("a".repeat(49), "b".repeat(60));
        // what counts is the line, not the text before it
        assertThat(purpose("a".repeat(96) + "bbbb " + "c".repeat(100)))
                .containsExactly("a".repeat(96), "bbbb " + "c".repeat(91), "c".repeat(9));
    }

    @Test
    void noCharacterIsBroken() {
        String face = "\uD83D\uDE00";
        assertThat(purpose("a".repeat(95) + face)).containsExactly("a".repeat(95), face);
        assertThat(purpose("a".repeat(94) + face + "b")).containsExactly("a".repeat(94) + face, "b");
    }
}

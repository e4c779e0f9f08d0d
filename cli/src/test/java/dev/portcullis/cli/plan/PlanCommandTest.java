package dev.portcullis.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.console.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans of the samples, as a repository has them. */
class PlanCommandTest {
    private static final Path SAMPLES = Path.of(System.getProperty("portcullis.root"), "samples");

    @TempDir
    private Path folder;

    private Path before;
    private Path after;

    @BeforeEach
    void copySamples() throws IOException {
        before = copy("quickstart", folder.resolve("before"));
        after = copy("quickstart", folder.resolve("after"));
    }

    @Test
    void saysWhatIsApprovedByWhichRuleAndWhoIsWaitedFor() throws IOException {
        Ran ran = plan(Files.createDirectories(folder.resolve("empty")), after);

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("+ marketing/basket-items approved by auto-approve")
                .contains("+ marketing/churn-orders waits by rule manual")
                // who is bound to a role that is shipped, and nobody of those who ask
                .contains(
                        "needs 1 approval of whoever holds the verb approve on OutputPort orders-v1 in namespace checkout: olga@example.com")
                .contains("+ taylor checkout/order-items-v1 (marketing/basket-items)")
                .contains("shop.sales.order_items (order_id, quantity, sku)");
    }

    /** A duration counts from the approval, so that no status has an end before. */
    @Test
    void warnsOfRequestsWithoutAnEnd() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        String warning = "NoEnd DataUsageAgreement marketing/churn-orders";
        assertThat(plan(empty, after).out()).contains(warning);

        for (String limit : new String[] {"duration: P90D", "end: 2099-12-31"}) {
            String request = Files.readString(before.resolve("62-agreement-manual.yaml"));
            Files.writeString(
                    after.resolve("62-agreement-manual.yaml"), request.replace("spec:\n", "spec:\n  " + limit + "\n"));

            assertThat(plan(empty, after).out())
                    .contains("+ marketing/churn-orders waits")
                    .doesNotContain(warning);
        }
    }

    @Test
    void warnsOfABeneficiaryWhomNoTeamKnows() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        String warning = "BeneficiaryUnlisted DataUsageAgreement ";
        assertThat(plan(empty, after).out()).doesNotContain(warning);

        edit("62-agreement-manual.yaml", "user: taylor@example.com", "user: tailor@example.com");
        edit("60-agreement-auto-approved.yaml", "user: taylor@example.com", "user: robin@example.com");

        assertThat(plan(empty, after).out())
                .contains(warning + "marketing/churn-orders", "tailor@example.com is a member of no Team")
                .doesNotContain(warning + "marketing/basket-items");
    }

    @Test
    void saysNothingOfWhatDoesNotChange() {
        Ran ran = plan(before, after);

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).startsWith("Plan: nothing changes");
    }

    @Test
    void countsDecisionsOfTheSameChangeByTheirAuthors() throws IOException {
        copy("votes", after);

        Ran ran = plan(before, after);

        assertThat(ran.out())
                .contains("+ marketing/newsletter waits by rule customers/personal-data")
                .contains("needs 1 approval of members of team privacy: pat@example.com, pia@example.com");
        for (String vote : new String[] {"40-decision-olga.yaml", "50-decision-pat.yaml"}) {
            String by = vote.contains("olga") ? "olga@example.com" : "pat@example.com";
            edit(
                    vote,
                    "spec:\n",
                    "spec:\n  by: " + by + "\n  recordedBy: " + by + "\n  authority: "
                            + (vote.contains("olga") ? "Approve" : "Review") + "\n");
        }
        assertThat(plan(before, after).out())
                .contains(
                        "+ marketing/newsletter approved by customers/personal-data (olga@example.com, pat@example.com)")
                .contains("checkout/newsletter-pat approved by pat@example.com on marketing/newsletter: Taken")
                .contains("+ quinn checkout/customers-v1 (marketing/newsletter)");
    }

    @Test
    void showsTheStatementsOfWhatIsTakenAway() throws IOException {
        Files.delete(after.resolve("60-agreement-auto-approved.yaml"));

        Ran ran = plan(before, after, "--sql", "--fail-on", "revoke");

        assertThat(ran.out())
                .contains("- marketing/basket-items deleted")
                .contains("- taylor checkout/order-items-v1")
                .containsPattern(
                        "REVOKE \"portcullis_order_items_v1_[0-9a-v]{16}\" FROM \"taylor\" GRANTED BY \"portcullis\" CASCADE;")
                .containsPattern("DROP ROLE \"portcullis_order_items_v1_[0-9a-v]{16}\";");
        assertThat(ran.code()).isEqualTo(3);
    }

    @Test
    void aPortThatOffersLessTakesThatAwayFromAll() throws IOException {
        edit("50-offer.yaml", "columns: [order_id, sku, quantity]", "columns: [order_id, sku]");

        assertThat(plan(before, after).out())
                .contains("~ taylor checkout/order-items-v1 (marketing/basket-items)")
                .contains("+ shop.sales.order_items (order_id, sku)")
                .contains("- shop.sales.order_items (order_id, quantity, sku)");
    }

    @Test
    void aPortInUseIsNotDeleted() throws IOException {
        String offer = Files.readString(after.resolve("50-offer.yaml"));
        Files.writeString(after.resolve("50-offer.yaml"), offer.substring(0, offer.lastIndexOf("---")));

        Ran ran = plan(before, after);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out())
                .contains(before.resolve("50-offer.yaml") + ":")
                .contains("1 approved agreement(s) use OutputPort checkout/order-items-v1")
                .contains("portcullis.dev/allow-delete=true");
    }

    @Test
    void whatIsInvalidIsSaidWithItsLine() throws IOException {
        edit("60-agreement-auto-approved.yaml", "purpose:", "porpoise:");

        Ran ran = plan(before, after);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out())
                .containsPattern("60-agreement-auto-approved.yaml:[0-9]+: there is no field porpoise here")
                .doesNotContain("Agreements");
    }

    @Test
    void anAgreementThatNobodyCanDecideIsInvalid() throws IOException {
        Files.delete(before.resolve("60-agreement-auto-approved.yaml"));
        edit("60-agreement-auto-approved.yaml", "outputPort: order-items-v1", "outputPort: order-itmes-v1");

        Ran ran = plan(before, after);

        assertThat(ran.out()).contains("marketing/basket-items invalid (");
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void whatWasAskedForNeverChanges() throws IOException {
        edit("60-agreement-auto-approved.yaml", "Find out which articles", "Find out who");

        Ran ran = plan(before, after);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out())
                .containsPattern(
                        "60-agreement-auto-approved.yaml:[0-9]+: spec: Invalid value: spec.purpose is what was asked for and cannot be changed: request another agreement");
    }

    private Ran plan(Path from, Path to, String... more) {
        return Ran.portcullis(Stream.concat(Stream.of("plan", from.toString(), to.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    private void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(after.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(after.resolve(file), text.replace(from, to));
    }

    private static Path copy(String sample, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(SAMPLES.resolve(sample))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}

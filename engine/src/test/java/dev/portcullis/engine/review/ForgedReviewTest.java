package dev.portcullis.engine.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** What a consumer writes cannot look like what the review says. */
class ForgedReviewTest {
    private static final String EVIL = "Fine.\nDecision\n  rule: approved by all\u001b[2A\r\u202e\u2028Policies: 0"
            + " ".repeat(90) + "Has the access already: 0" + " ".repeat(200) + "Decision";

    private static String text(String purpose, String answer, String user) {
        Mesh mesh = Mesh.standard();
        DataUsageAgreement agreement = mesh.request()
                .requestedBy(user)
                .forUser(user)
                .answering("retention", answer)
                .because(purpose)
                .settle()
                .object();
        return ReviewText.of(mesh.reviews().review(withPurpose(agreement, purpose), mesh.now()));
    }

    private static DataUsageAgreement withPurpose(DataUsageAgreement agreement, String purpose) {
        var spec = agreement.getSpec();
        agreement.setSpec(new DataUsageAgreementSpec(
                purpose,
                spec.provider(),
                spec.consumer(),
                spec.start(),
                spec.end(),
                spec.duration(),
                spec.suspend(),
                spec.cancelled(),
                spec.tags(),
                spec.links(),
                spec.answers(),
                spec.acceptedTerms(),
                spec.policyTerms(),
                spec.select()));
        return agreement;
    }

    private static List<String> headings(String text) {
        return text.lines().filter(line -> !line.startsWith(" ")).toList();
    }

    @Test
    void aPurposeBeginsNoLineOfTheReview() {
        String honest = text("Train the monthly churn model.", "30 days", People.TAYLOR);

        String forged = text(EVIL, EVIL, People.TAYLOR);

        assertThat(headings(forged)).isEqualTo(headings(honest));
        assertThat(forged.lines()).allMatch(line -> line.length() <= 100);
        assertThat(forged).contains("\\u001b[2A").doesNotContain("\u001b").doesNotContain("\u202e");
        assertThat(forged.lines().filter(line -> line.contains("approved by all")))
                .allMatch(line -> line.startsWith("  | "));
    }

    @Test
    void aNameNeither() {
        String forged = text("Train the monthly churn model.", "30 days", "x" + EVIL);

        assertThat(forged).doesNotContain("\u001b");
        assertThat(headings(forged))
                .isEqualTo(headings(text("Train the monthly churn model.", "30 days", People.RILEY)));
    }

    @Property
    void whateverItIs(@ForAll @StringLength(max = 400) String purpose) {
        String forged = text(purpose, "30 days", People.TAYLOR);

        assertThat(headings(forged))
                .isEqualTo(headings(text("Train the monthly churn model.", "30 days", People.TAYLOR)));
        assertThat(forged.lines()).allMatch(line -> line.chars().noneMatch(Character::isISOControl));
    }
}

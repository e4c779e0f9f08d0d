package dev.portcullis.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.cli.report.Outcome.Need;
import dev.portcullis.cli.report.PlanResult.AgreementChange;
import dev.portcullis.cli.report.PlanResult.DecisionChange;
import dev.portcullis.cli.report.PlanResult.Grant;
import dev.portcullis.cli.report.PlanResult.Kind;
import dev.portcullis.cli.report.PlanResult.ObjectFinding;
import dev.portcullis.cli.report.PlanResult.PlatformChange;
import dev.portcullis.cli.report.PlanResult.Trigger;
import dev.portcullis.cli.report.PlanResult.Via;
import dev.portcullis.cli.report.PlanResult.Warning;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class RenderersTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Name AGREEMENT = new Name("marketing", "churn");
    private static final Name PORT = new Name("checkout", "orders-v1");
    /** Ends code, tables and lines, mentions somebody, draws a link, a picture and a tag, and moves the cursor. */
    private static final String HOSTILE =
            "a `b` ``c`` ``` | @admin [x](http://evil.example.com) ![y](z) <script>alert(1)</script> ]]>\n- item\n```\n# H\u001b[2J\u202e";

    private static PlanResult hostile() {
        return new PlanResult(
                NOW,
                List.of(),
                null,
                List.of(
                        change(new Outcome.Rejected("p/r", HOSTILE)),
                        change(new Outcome.Waiting("manual", List.of(new Need(1, HOSTILE, List.of(HOSTILE), null))))),
                List.of(new DecisionChange(
                        Via.Annotation, AGREEMENT, AGREEMENT, HOSTILE, HOSTILE, "Refused", HOSTILE, HOSTILE)),
                List.of(new PlatformChange(
                        HOSTILE,
                        List.of(new Grant(HOSTILE, PORT, List.of(HOSTILE), List.of(AGREEMENT))),
                        List.of(),
                        List.of(),
                        List.of(HOSTILE),
                        List.of("GRANT \"" + HOSTILE + "\""))),
                List.of(new ObjectFinding(HOSTILE, HOSTILE, 1, "NotExposed", HOSTILE, true)),
                List.of(new Warning("NoEnd", HOSTILE, HOSTILE)),
                List.of(HOSTILE));
    }

    private static AgreementChange change(Outcome outcome) {
        return new AgreementChange(AGREEMENT, Kind.Added, PORT, HOSTILE, null, outcome, null);
    }

    @Test
    void inMarkdownNothingThatAnybodyWroteIsAnythingButAText() {
        String markdown = new MarkdownReport().text(hostile());

        assertThat(withoutCode(markdown))
                .doesNotContain("@", "script", "evil", "alert", "item", "# H")
                .doesNotContain("\u001b", "\u202e");
    }

    /** As CommonMark reads it: a code span or block ends at as many backticks as began it. */
    private static String withoutCode(String markdown) {
        StringBuilder rest = new StringBuilder();
        int at = 0;
        while (at < markdown.length()) {
            if (markdown.charAt(at) != '`') {
                rest.append(markdown.charAt(at++));
                continue;
            }
            int length = ticks(markdown, at);
            int end = at + length;
            while (end < markdown.length() && !(markdown.charAt(end) == '`' && ticks(markdown, end) == length)) {
                end += markdown.charAt(end) == '`' ? ticks(markdown, end) : 1;
            }
            assertThat(end).as("the code that begins at " + at + " ends").isLessThan(markdown.length());
            at = end + length;
        }
        return rest.toString();
    }

    private static int ticks(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) == '`') {
            end++;
        }
        return end - at;
    }

    @Test
    void aCommentIsBounded() {
        List<AgreementChange> many = IntStream.range(0, 5000)
                .mapToObj(i -> change(new Outcome.Rejected("p/r", HOSTILE.repeat(20))))
                .toList();
        PlanResult plan =
                new PlanResult(NOW, List.of(), null, many, List.of(), List.of(), List.of(), List.of(), List.of());

        String markdown = new MarkdownReport().text(plan);

        assertThat(markdown.length()).isLessThanOrEqualTo(60_100);
        assertThat(markdown).contains("4900 more").endsWith("\n");
        withoutCode(markdown);
    }

    @Test
    void onATerminalNothingMovesTheCursorOrBeginsALine() {
        String text = new TextReport(false).text(hostile());

        assertThat(text).doesNotContain("\u001b", "\u202e");
        assertThat(text.lines().filter(line -> line.startsWith("- item") || line.startsWith("# H")))
                .isEmpty();
        assertThat(new TextReport(true).text(hostile())).contains("\u001b[1mAgreements\u001b[0m");
    }

    @Test
    void jsonHasTextsAsTheyAreWritten() throws Exception {
        JsonNode json = new ObjectMapper().readTree(new JsonReport().text(hostile()));

        assertThat(json.path("version").asText()).isEqualTo("portcullis.dev/plan/v1");
        assertThat(json.at("/agreements/0/outcome").asText()).isEqualTo("Rejected");
        assertThat(json.at("/agreements/0/message").asText()).isEqualTo(HOSTILE);
        assertThat(json.at("/agreements/1/needs/0/people/0").asText()).isEqualTo(HOSTILE);
        assertThat(json.at("/platforms/0/added/0/agreements/0/name").asText()).isEqualTo("churn");
    }

    @Test
    void junitFailsWhatEndsTheCommandBadly() throws Exception {
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(new JUnitReport(Set.of(Trigger.waiting)).text(hostile()))));

        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(7);
        assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(2);
        assertThat(hostile().has(Trigger.waiting)).isTrue();
        assertThat(hostile().has(Trigger.revoke)).isFalse();
    }
}

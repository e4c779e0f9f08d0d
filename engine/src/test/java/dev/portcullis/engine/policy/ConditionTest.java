package dev.portcullis.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelValidationException;
import dev.portcullis.engine.policy.PolicyExpression.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of policies' answers never gives a request the answer of another. */
class ConditionTest {
    private static final PolicyExpressions EXPRESSIONS = new PolicyExpressions();

    private static final List<String> RULES = List.of(
            "port.containsPii",
            "has(port.description) && port.description == 'x'",
            "beneficiaries.exists(b, b.attributes.employment == 'contractor')",
            "beneficiaries.all(b, b.attributes['employment'] == 'employee')",
            "beneficiaries.exists_one(b, b.user == requester.user)",
            "beneficiaries.filter(b, has(b.attributes.country)).exists(c, c.attributes.country == 'DE')",
            "beneficiaries.map(b, b.teams).exists(teams, 'bi' in teams)",
            "beneficiaries.exists(b, b.teams.exists(t, requester.teams.exists(u, u == t)))",
            "beneficiaries.all(port, port.user != 'ann')",
            "beneficiaries.all(b, true) && beneficiaries.size() == 2",
            "beneficiaries.exists(b, b == requester)",
            "beneficiaries[0].attributes == requester.attributes",
            "size(beneficiaries[0].teams) > 1",
            "requester in beneficiaries",
            "agreement.end - agreement.start > duration('48h')",
            "[requester.user, 'ann'].exists(u, u == beneficiaries[0].user)",
            "{'ann': 1, requester.user: 2}.exists(k, k == 'ben')",
            "now > timestamp('2026-06-01T00:00:00Z')",
            "consumer.name == provider.name || 'gold' in product.tags");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            port.containsPii                                                      | port.containsPii
            has(product.domain)                                                   | product.domain
            beneficiaries.exists(b, b.attributes.employment == 'contractor')      | beneficiaries.size() beneficiaries[].attributes.employment
            beneficiaries.all(b, true)                                            | beneficiaries.size()
            beneficiaries.exists(b, b.attributes[requester.user] == 'x')          | beneficiaries.size() beneficiaries[].attributes requester.user
            beneficiaries.exists(b, b == requester)                               | beneficiaries.size() beneficiaries[] requester
            beneficiaries.exists(b, b.teams.exists(t, t == 'x'))                  | beneficiaries.size() beneficiaries[].teams
            beneficiaries.filter(b, b.user == 'x').size() == 1                    | beneficiaries.size() beneficiaries[] beneficiaries[].user
            beneficiaries[0].user == 'x'                                          | beneficiaries
            beneficiaries.all(port, port.user != 'x')                             | beneficiaries.size() beneficiaries[].user
            beneficiaries.all(b, b.user != 'x') && port.name == 'x'               | beneficiaries.size() beneficiaries[].user port.name
            requester.teams.exists(b, b == 'x')                                   | requester.teams
            [port.name].exists(p, p == consumer.name)                             | port.name consumer.name
            {port.name: product.title}.size() == 1                                | port.name product.title
            string(now) == 'x'                                                    | now
            'a' == 'b'                                                            |
            """)
    void anExpressionLooksAt(String text, String paths) throws CelValidationException {
        assertThat(FactPaths.of(PolicyExpressions.cel().compile(text).getAst().getExpr()).all().stream()
                        .map(FactPath::toString))
                .containsExactlyInAnyOrder(paths == null ? new String[0] : paths.split(" "));
    }

    @Property
    void whatIsKeptIsWhatWouldBeSaid(
            @ForAll("requests") List<Map<String, Object>> requests, @ForAll("rules") String rule) {
        PolicyExpression keeps = new PolicyExpressions().of(rule);
        PolicyExpression forgets = EXPRESSIONS.of(rule);

        // each a second time, when it is kept
        List<Map<String, Object>> twice = new ArrayList<>(requests);
        twice.addAll(requests);
        for (Map<String, Object> facts : twice) {
            assertThat(keeps.evaluate(new Seen(facts)))
                    .as("%s of %s", rule, facts)
                    .isEqualTo(forgets.evaluate(facts));
        }
    }

    @Provide
    Arbitrary<String> rules() {
        Arbitrary<String> one = Arbitraries.of(RULES);
        return Arbitraries.oneOf(
                one,
                Combinators.combine(one, one, Arbitraries.of("&&", "||"))
                        .as((left, right, word) -> "(%s) %s (%s)".formatted(left, word, right)),
                Combinators.combine(one, one, one, Arbitraries.of("&&", "||"))
                        .as((a, b, c, word) -> "(%s) && ((%s) %s !(%s))".formatted(a, b, word, c)));
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> requests() {
        return facts().list().ofMinSize(2).ofMaxSize(12);
    }

    private static Arbitrary<Map<String, Object>> facts() {
        Arbitrary<Map<String, Object>> port = Combinators.combine(
                        Arbitraries.of(true, false), Arbitraries.of("", "x", "y"))
                .as((pii, description) -> {
                    Map<String, Object> facts = new HashMap<>(Map.of("containsPii", pii));
                    if (!description.isEmpty()) {
                        facts.put("description", description);
                    }
                    return facts;
                });
        return Combinators.combine(
                        port,
                        person().list().ofMaxSize(3),
                        person(),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of("a", "b"),
                        Arbitraries.of(List.of("gold"), List.<String>of()),
                        Arbitraries.of(true, false))
                .as((aPort, people, requester, days, team, tags, isKnown) -> {
                    Map<String, Object> facts = new HashMap<>();
                    facts.put("port", aPort);
                    facts.put("product", Map.of("tags", tags));
                    facts.put("consumer", Map.of("name", team));
                    facts.put("provider", Map.of("name", "a"));
                    facts.put(
                            "agreement",
                            Map.of(
                                    "start",
                                    Instant.parse("2026-05-30T00:00:00Z"),
                                    "end",
                                    Instant.parse("2026-05-30T00:00:00Z").plusSeconds(days * 86400L)));
                    facts.put("now", Instant.parse("2026-05-30T00:00:00Z").plusSeconds(days * 86400L));
                    if (isKnown) {
                        facts.put("beneficiaries", people);
                        facts.put("requester", requester);
                    }
                    return facts;
                });
    }

    private static Arbitrary<Map<String, Object>> person() {
        return Combinators.combine(
                        Arbitraries.of("ann", "ben"),
                        Arbitraries.of(
                                Map.<String, String>of(),
                                Map.of("employment", "employee"),
                                Map.of("employment", "contractor", "country", "DE")),
                        Arbitraries.of(List.<String>of(), List.of("bi"), List.of("bi", "ops")))
                .as((user, attributes, teams) -> Map.of("user", user, "attributes", attributes, "teams", teams));
    }

    @Example
    void ofBigTeamsNothingIsKept() {
        PolicyExpression all = new PolicyExpressions().of("beneficiaries.all(b, b.user != 'x16')");

        assertThat(all.evaluate(new Seen(Map.of("beneficiaries", people(16))))).isEqualTo(Answer.TRUE);
        assertThat(all.evaluate(new Seen(Map.of("beneficiaries", people(17))))).isEqualTo(new Answer.Known(false));
        assertThat(size(all)).isEqualTo(1);
    }

    private static List<Map<String, Object>> people(int count) {
        return IntStream.range(0, count)
                .<Map<String, Object>>mapToObj(i -> Map.of("user", "x" + i, "attributes", Map.of(), "teams", List.of()))
                .toList();
    }

    @Example
    void ofLongTextsNothingIsKept() {
        PolicyExpression purpose = new PolicyExpressions().of("agreement.purpose.startsWith('x')");
        PolicyExpression answers = new PolicyExpressions().of("size(agreement.answers) == 2");

        for (int length : List.of(1000, 1001, 2000)) {
            String text = "x".repeat(length);
            assertThat(purpose.evaluate(new Seen(Map.of("agreement", Map.of("purpose", text)))))
                    .isEqualTo(Answer.TRUE);
            assertThat(answers.evaluate(new Seen(Map.of("agreement", Map.of("answers", Map.of("a", text, "b", text))))))
                    .isEqualTo(Answer.TRUE);
        }
        assertThat(size(purpose)).isEqualTo(2);
        assertThat(size(answers)).isZero();
    }

    /** The same words in other places are other facts. */
    @Example
    void whatIsKeptIsKeptByItsPlace() {
        PolicyExpression swapped = new PolicyExpressions()
                .of("consumer.name == 'a' && provider.name == 'b' || consumer.name + provider.name == 'ab'");

        assertThat(swapped.evaluate(new Seen(teams("a", "b")))).isEqualTo(Answer.TRUE);
        assertThat(swapped.evaluate(new Seen(teams("b", "a")))).isEqualTo(new Answer.Known(false));
        assertThat(swapped.evaluate(new Seen(teams("a", "b")))).isEqualTo(Answer.TRUE);
    }

    private static Map<String, Object> teams(String consumer, String provider) {
        return Map.of("consumer", Map.of("name", consumer), "provider", Map.of("name", provider));
    }

    /** Whoever asks may choose words that have the hash of another's. */
    @Example
    void whatIsKeptIsKeptByWordsAndNotByTheirHash() {
        PolicyExpression purpose = new PolicyExpressions().of("agreement.purpose == 'Aa'");
        assertThat("BB").hasSameHashCodeAs("Aa");

        assertThat(purpose.evaluate(new Seen(Map.of("agreement", Map.of("purpose", "Aa")))))
                .isEqualTo(Answer.TRUE);
        assertThat(purpose.evaluate(new Seen(Map.of("agreement", Map.of("purpose", "BB")))))
                .isEqualTo(new Answer.Known(false));
    }

    @Example
    void whatIsKeptIsBounded() {
        PolicyExpression odd = new PolicyExpressions().of("agreement.name.endsWith('1')");
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 2000; i++) {
                assertThat(odd.evaluate(new Seen(Map.of("agreement", Map.of("name", "n" + i)))))
                        .isEqualTo(new Answer.Known(i % 10 == 1));
            }
        }
        assertThat(size(odd)).isEqualTo(256);
    }

    @Example
    void whatHasNoAnswerIsNotKept() {
        PolicyExpression attribute = new PolicyExpressions().of("requester.attributes.country == 'DE'");

        assertThat(attribute.evaluate(new Seen(Map.of("requester", Map.of("attributes", Map.of())))))
                .isInstanceOf(Answer.Unknown.class);
        assertThat(size(attribute)).isZero();
    }

    /** Steps of loops are counted together, whichever way it is asked. */
    @Example
    void whatTakesTooLongHasNoAnswerEitherWay() {
        String loop =
                "'%s'.split('').all(a, '%s'.split('').all(b, a != b))".formatted("x".repeat(110), "y".repeat(110));
        PolicyExpression twice = new PolicyExpressions().of(loop + " && " + loop);

        assertThat(twice.evaluate(Map.of())).isInstanceOf(Answer.Unknown.class);
        assertThat(twice.evaluate(new Seen(Map.of()))).isInstanceOf(Answer.Unknown.class);
    }

    @Example
    void onlyWhatHasOneLoopIsTakenApart() {
        String loop = "beneficiaries.all(b, b.user != 'x')";

        assertThat(parts("port.containsPii && " + loop)).isInstanceOf(Condition.All.class);
        assertThat(parts("port.containsPii || " + loop)).isInstanceOf(Condition.Any.class);
        assertThat(parts(loop + " && " + loop)).isInstanceOf(Condition.Part.class);
    }

    private static Condition parts(String text) {
        return ((PolicyExpression.Usable) new PolicyExpressions().of(text)).parts();
    }

    private static int size(PolicyExpression expression) {
        return ((Condition.Part) ((PolicyExpression.Usable) expression).parts()).size();
    }
}

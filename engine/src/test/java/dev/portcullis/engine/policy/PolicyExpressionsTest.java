package dev.portcullis.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.engine.policy.PolicyExpression.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicyExpressionsTest {
    private static final PolicyExpressions EXPRESSIONS = new PolicyExpressions();
    private static final Map<String, Object> FACTS = Map.of(
            "port",
            Map.of("name", "orders-v1", "namespace", "checkout", "containsPii", true),
            "beneficiaries",
            List.of(
                    Map.of(
                            "user",
                            "taylor",
                            "attributes",
                            Map.of("employment", "contractor"),
                            "teams",
                            List.of("marketing")),
                    Map.of("user", "riley", "attributes", Map.of(), "teams", List.of())));

    @Test
    void aFieldOfAStructIsReadFromAMap() {
        assertThat(answer("port.containsPii && port.namespace == 'checkout'")).isEqualTo(new Answer.Known(true));
        assertThat(answer("beneficiaries.exists(b, b.attributes.employment == 'contractor')"))
                .isEqualTo(new Answer.Known(true));
    }

    @Test
    void whatIsNotKnownIsNoAnswer() {
        assertThat(answer("beneficiaries.all(b, b.attributes.employment == 'contractor')"))
                .isInstanceOf(Answer.Unknown.class);
        assertThat(answer("port.containsPii && requester.user == 'taylor'"))
                .isEqualTo(new Answer.Unknown("'requester' is not known, which it looks at"));
        assertThat(answer("has(beneficiaries[1].attributes.employment)")).isEqualTo(new Answer.Known(false));
    }

    @Test
    void whatIsMisspeltIsFoundBeforeAnybodyAsks() {
        assertThat(EXPRESSIONS.of("port.containsPi")).isInstanceOfSatisfying(PolicyExpression.Broken.class, broken -> {
            assertThat(broken.line()).isEqualTo(1);
            assertThat(broken.column()).isEqualTo(5);
            assertThat(broken.why()).contains("containsPi");
        });
        assertThat(EXPRESSIONS.of("true &&\n  prot.containsPii"))
                .isInstanceOfSatisfying(PolicyExpression.Broken.class, broken -> {
                    assertThat(broken.line()).isEqualTo(2);
                    assertThat(broken.column()).isEqualTo(3);
                });
        assertThat(EXPRESSIONS.of("port.name")).isInstanceOf(PolicyExpression.Broken.class);
        assertThat(EXPRESSIONS.of("port.containsPii == 'yes'")).isInstanceOf(PolicyExpression.Broken.class);
    }

    @Test
    void whatIsWrongIsSaidInWordsForPeople() {
        assertThat(fault("port.containsPii == 'yes'")).isEqualTo("'==' cannot be applied to (bool, string)");
        assertThat(fault("now > 3")).isEqualTo("'>' cannot be applied to (Timestamp, int)");
        assertThat(fault("!port.name")).isEqualTo("'!' cannot be applied to (string)");
        assertThat(fault("port.name.startsWith(3)")).isEqualTo("'startsWith' cannot be applied to string.(int)");
        assertThat(fault("nobody == 'x'")).isEqualTo("undeclared reference to 'nobody'");
        assertThat(fault("port.containsPi")).isEqualTo("undefined field 'containsPi'");
        assertThat(answer("beneficiaries.all(b, b.attributes.employment == 'contractor')"))
                .isEqualTo(new Answer.Unknown("'employment' is not known, which it looks at"));
        assertThat(answer("beneficiaries[2].user == 'taylor'"))
                .isInstanceOfSatisfying(
                        Answer.Unknown.class,
                        unknown ->
                                assertThat(unknown.why()).isNotEmpty().doesNotContain("<input>", "evaluation error"));
        assertThat(answer("requester.user == 'taylor'"))
                .isEqualTo(new Answer.Unknown("'requester' is not known, which it looks at"));
    }

    /** Of a team that does not say who belongs to it, nobody can say anything. */
    @Test
    void whichVariableIsMissingIsSaid() {
        Map<String, Object> nobody = Map.of("port", Map.of("name", "orders-v1"));
        for (String text : List.of(
                "beneficiaries.size() > 1",
                "beneficiaries.all(b, b.user == 'taylor')",
                "port.name == 'orders-v1' && beneficiaries == []",
                "requester.user == 'x' || beneficiaries.size() > 1")) {
            assertThat(EXPRESSIONS.of(text).evaluate(nobody))
                    .as(text)
                    .isEqualTo(new Answer.Unknown("'beneficiaries' is not known, which it looks at"));
        }
    }

    private static String fault(String text) {
        return ((PolicyExpression.Broken) EXPRESSIONS.of(text)).why();
    }

    @Test
    void oneEvaluationHasABound() {
        List<Map<String, Object>> many = IntStream.range(0, 1000)
                .<Map<String, Object>>mapToObj(
                        i -> Map.of("user", "user" + i, "attributes", Map.of(), "teams", List.of()))
                .toList();
        Map<String, Object> facts = Map.of("beneficiaries", many);

        assertThat(EXPRESSIONS.of("beneficiaries.all(b, b.user != 'olga')").evaluate(facts))
                .isEqualTo(new Answer.Known(true));
        assertThat(EXPRESSIONS
                        .of("beneficiaries.all(a, beneficiaries.all(b, a.user != b.user || true))")
                        .evaluate(facts))
                .isInstanceOf(Answer.Unknown.class);
    }

    private static Answer answer(String text) {
        return EXPRESSIONS.of(text).evaluate(FACTS);
    }
}

package dev.portcullis.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.engine.policy.PolicyExpression.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer is kept for requests that agree in all that the expression looks at, and for no other. */
class KeptAnswersTest {
    private final PolicyExpressions expressions = new PolicyExpressions();

    private Answer ask(String expression, Map<String, Object> facts) {
        return expressions.of(expression).evaluate(new Seen(facts));
    }

    private static Map<String, Object> inTeams(String last) {
        List<String> teams = new ArrayList<>(
                IntStream.range(0, Condition.LONGEST).mapToObj(i -> "team-" + i).toList());
        teams.add(last);
        return Map.of(
                "port",
                Map.of("name", "orders-v1", "containsPii", true),
                "beneficiaries",
                List.of(Map.of("user", "taylor", "attributes", Map.of(), "teams", teams)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "beneficiaries.exists(b, 'contractors' in b.teams)",
                "beneficiaries.exists(b, b.teams.exists(t, t == 'contractors'))",
                "beneficiaries.all(b, b.user != '' && 'contractors' in b.teams)",
                "beneficiaries.filter(b, 'contractors' in b.teams).size() == 1",
                "beneficiaries.map(b, b.teams).exists(t, 'contractors' in t)",
                "'contractors' in beneficiaries[0].teams"
            })
    void peopleOfManyTeamsAreToldApart(String expression) {
        assertThat(ask(expression, inTeams("employees"))).isEqualTo(new Answer.Known(false));
        assertThat(ask(expression, inTeams("contractors"))).isEqualTo(new Answer.Known(true));
        assertThat(ask(expression, inTeams("employees"))).isEqualTo(new Answer.Known(false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".port.containsPii",
                ".port.containsPii || .port.name == 'x'",
                "[1].exists(i, .port.containsPii)",
                "[true].exists(port, .port.containsPii == port)",
                "beneficiaries.exists(b, port.containsPii)",
                "[port].exists(p, p.containsPii)",
                "{'a': port.containsPii}['a']",
                "{port.containsPii: 1}.exists(k, k)",
                "has(port.containsPii) && port.containsPii",
                "port.containsPii ? true : false",
                "dyn(port).containsPii"
            })
    void everyWayToNameAVariableCounts(String expression) {
        Map<String, Object> pii = inTeams("x");
        Map<String, Object> none = Map.of(
                "port", Map.of("name", "orders-v1", "containsPii", false), "beneficiaries", pii.get("beneficiaries"));
        assertThat(ask(expression, pii)).isNotEqualTo(new Answer.Known(false));
        assertThat(ask(expression, none)).isNotEqualTo(new Answer.Known(true));
    }

    @Test
    void whatIsAbsentIsNotWhatIsEmpty() {
        String expression = "has(agreement.acceptedTerms) && agreement.acceptedTerms == ''";
        assertThat(ask(expression, Map.of("agreement", Map.of("acceptedTerms", ""))))
                .isEqualTo(new Answer.Known(true));
        assertThat(ask(expression, Map.of("agreement", Map.of()))).isEqualTo(new Answer.Known(false));
    }

    @Test
    void partsThatLookAtTheSameAreToldApart() {
        KeptAnswers answers = new KeptAnswers(new FactSet(List.of(new FactPath("now", FactPath.Of.ITSELF, List.of()))));
        int one = answers.anotherPart();
        int other = answers.anotherPart();
        KeptAnswers.ByPart said = answers.of(Map.of("now", 1L)).orElseThrow();

        said.keep(other, true);

        assertThat(said.of(one)).isEmpty();
        assertThat(answers.of(Map.of("now", 1L)).orElseThrow().of(other)).contains(true);
        assertThat(answers.of(Map.of("now", 2L)).orElseThrow().of(other)).isEmpty();

        said.keep(one, false);

        assertThat(said.of(one)).contains(false);
        assertThat(said.of(other)).contains(true);
    }

    @Test
    void onlySoManyPartsShareWhatIsKept() {
        KeptAnswers answers = new KeptAnswers(new FactSet(List.of()));
        for (int i = 1; i < 256; i++) {
            answers.anotherPart();
        }
        assertThat(answers.isFull()).isFalse();
        answers.anotherPart();
        assertThat(answers.isFull()).isTrue();
    }
}

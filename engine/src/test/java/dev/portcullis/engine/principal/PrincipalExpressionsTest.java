package dev.portcullis.engine.principal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.platform.PrincipalRules;
import dev.portcullis.platform.Principal;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CEL that makes principals: what works, and what is said about what does not. */
class PrincipalExpressionsTest {
    private final PrincipalExpressions expressions = new PrincipalExpressions();
    private final PrincipalMapper mapper = new PrincipalMapper(expressions);

    private PrincipalMapper.Result user(String expression, String name) {
        return mapper.map(new Beneficiary.User(name), new PrincipalRules(expression, null, null));
    }

    private String why(String expression, String name) {
        assertThat(user(expression, name)).isInstanceOf(PrincipalMapper.Result.Bad.class);
        return ((PrincipalMapper.Result.Bad) user(expression, name)).message();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name                                              | taylor@example.com | taylor@example.com",
                "name.split('@')[0]                                | taylor@example.com | taylor",
                "name.split('@')[0].replace('.', '_')              | t.swift@example.com | t_swift",
                "name.lowerAscii()                                 | Taylor@Example.COM | taylor@example.com",
                "name.substring(0, 3)                              | taylor             | tay",
                "name.contains('@') ? name.split('@')[0] : name    | machine            | machine",
                "name.matches('^system:') ? 'svc' : name           | system:bot         | svc",
                "['u', name].join('_')                             | taylor             | u_taylor",
                "'  ' + name                                       | taylor             | `  taylor`",
                "name.charAt(0)                                    | taylor             | t",
                "`'\"; DROP ROLE x; --' + name`                    | é🚀                | `\"; DROP ROLE x; --é🚀`"
            })
    void makesPrincipals(String expression, String name, String principal) {
        assertThat(user(expression, name)).isEqualTo(new PrincipalMapper.Result.Ok(new Principal(principal)));
    }

    @Test
    void ofManyFaultsTheFirstIsTold() {
        assertThat(why("name + '" + "\u0085".repeat(3) + "' §§§".repeat(100), "taylor"))
                .contains("not usable: 1:")
                .hasSizeLessThan(300);
    }

    /** What docs/security.md recommends where user names of several domains meet. */
    @Test
    void namesOfOneDomainOnly() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("portcullis.root"), "docs", "security.md"));
        String expression = "name.matches('^[^@]+@example[.]com$') ? name.split('@')[0] : ''";
        assertThat(page).contains("`" + expression + "`");

        assertThat(user(expression, "taylor@example.com"))
                .isEqualTo(new PrincipalMapper.Result.Ok(new Principal("taylor")));
        assertThat(List.of(
                        "taylor@elsewhere.example",
                        "taylor@x@example.com",
                        "taylor@exampleXcom",
                        "@example.com",
                        "taylor",
                        "taylor@example.com\n"))
                .allSatisfy(name -> assertThat(user(expression, name)).isInstanceOf(PrincipalMapper.Result.Bad.class));
    }

    @Test
    void everyBeneficiaryHasItsVariables() {
        PrincipalRules rules = new PrincipalRules("'u_' + name", "'dp_' + namespace + '_' + name", "'team_' + name");

        assertThat(List.of(
                        mapper.map(new Beneficiary.User("taylor"), rules),
                        mapper.map(new Beneficiary.Product("marketing", "churn"), rules),
                        mapper.map(new Beneficiary.WholeTeam("bi"), rules),
                        mapper.map(new Beneficiary.Remembered("taylor"), rules)))
                .containsExactly(
                        new PrincipalMapper.Result.Ok(new Principal("u_taylor")),
                        new PrincipalMapper.Result.Ok(new Principal("dp_marketing_churn")),
                        new PrincipalMapper.Result.Ok(new Principal("team_bi")),
                        new PrincipalMapper.Result.Ok(new Principal("taylor")));
        assertThat(expressions.faults(rules)).isEmpty();
    }

    @Test
    void withoutRulesNamesStayAsTheyAre() {
        PrincipalRules none = new PrincipalRules(null, null, null);

        assertThat(mapper.map(new Beneficiary.Product("marketing", "churn"), none))
                .isEqualTo(new PrincipalMapper.Result.Ok(new Principal("churn")));
        assertThat(expressions.faults(none)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name.                 | 1:6",
                "nmae                  | 1:1",
                "'u_' + nmae           | 1:8",
                "'u_' + namespace      | 1:8",
                "name + 1              | 1:6",
                "name.nonsense()       | 1:14",
                "7                     | 1:1",
                "size(name)            | 1:5",
                "'unclosed             | 1:1"
            })
    void saysWhereAnExpressionIsWrong(String expression, String lineAndColumn) {
        String message = why(expression, "taylor");

        assertThat(message).contains("the platform's principals.user is not usable", lineAndColumn);
        assertThat(expressions.faults(new PrincipalRules(expression, null, null)))
                .singleElement()
                .asString()
                .startsWith("spec.principals.user is not usable: ")
                .contains(lineAndColumn);
    }

    @Test
    void saysWhichLine() {
        assertThat(why("'u_'\n+ nmae", "taylor")).contains("2:3");
    }

    @Test
    void namesEveryRuleThatIsWrong() {
        assertThat(expressions.faults(new PrincipalRules("x", "name", "y"))).hasSize(2);
        assertThat(expressions.faults(new PrincipalRules("x", "z", "y")))
                .hasSize(3)
                .anySatisfy(fault -> assertThat(fault).startsWith("spec.principals.user "))
                .anySatisfy(fault -> assertThat(fault).startsWith("spec.principals.dataProduct "))
                .anySatisfy(fault -> assertThat(fault).startsWith("spec.principals.team "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'   '", "name.substring(6)", "dyn(7)", "dyn([name])", "dyn(true)"})
    void noNameIsNoPrincipal(String expression) {
        assertThat(why(expression, "taylor"))
                .isEqualTo("the platform's principals.user gives no name of 1 to 256 characters for taylor");
    }

    @Test
    void aPrincipalHas256CharactersAtMost() {
        assertThat(user("name + name", "x".repeat(128))).isInstanceOf(PrincipalMapper.Result.Ok.class);
        assertThat(why("name + name + 'y'", "x".repeat(128))).contains("1 to 256 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name.split('@')[1]",
                "name.substring(100)",
                "string(1 / 0)",
                "{'a': name}['b']",
                "string(int(name))",
                "[name][3]"
            })
    void whatFailsForOneNameIsSaidOfThatName(String expression) {
        assertThat(why(expression, "taylor"))
                .startsWith("the platform's principals.user cannot be evaluated for taylor: ");
        assertThat(expressions.faults(new PrincipalRules(expression, null, null)))
                .as("usable for others")
                .isEmpty();
    }

    @Test
    void deepNestingIsAFaultAndNoCrash() {
        String deep = "(".repeat(500) + "name" + ")".repeat(500);

        assertThat(why(deep, "taylor")).contains("not usable");
    }

    @Test
    void keepsNoMoreThanItNeeds() throws ReflectiveOperationException {
        IntStream.range(0, 257).forEach(i -> user("'u" + i + "_' + name", "taylor"));

        Field kept = PrincipalExpressions.class.getDeclaredField("kept");
        kept.setAccessible(true);
        assertThat((Map<?, ?>) kept.get(expressions)).hasSize(256);
        assertThat(user("'u0_' + name", "taylor"))
                .as("forgotten, and compiled again")
                .isEqualTo(new PrincipalMapper.Result.Ok(new Principal("u0_taylor")));
    }

    @Test
    void oneTextIsOneExpressionPerSetOfVariables() {
        PrincipalRules rules = new PrincipalRules("namespace", "namespace", null);

        assertThat(mapper.map(new Beneficiary.Product("marketing", "churn"), rules))
                .isEqualTo(new PrincipalMapper.Result.Ok(new Principal("marketing")));
        assertThat(mapper.map(new Beneficiary.User("taylor"), rules)).isInstanceOf(PrincipalMapper.Result.Bad.class);
    }

    @Test
    void isSafeInManyThreads() {
        assertThat(IntStream.range(0, 400)
                        .parallel()
                        .mapToObj(i -> user("'u" + i % 20 + "_' + name", "taylor"))
                        .filter(PrincipalMapper.Result.Bad.class::isInstance))
                .isEmpty();
    }
}

package dev.portcullis.cli.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.engine.principal.PrincipalExpressions;
import dev.portcullis.engine.principal.PrincipalMapper;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdoptRulesTest {
    private static final PrincipalMapper MAPPER = new PrincipalMapper(new PrincipalExpressions());

    private final AdoptRules rules =
            new AdoptRules("warehouse", Optional.empty(), Optional.empty(), Map.of(), "adopted", "portcullis");

    @Test
    void aUserIsCalledAsTheLogin() {
        assertThat(rules.user("taylor", MAPPER)).contains("taylor");
    }

    /** The schema refuses an agreement for one that is called so. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "\u0085", "\u00a0", "\u2028", "\u3000 "})
    void nobodyIsCalledAsABlankLogin(String login) {
        assertThat(rules.user(login, MAPPER)).isEmpty();
    }
}

package dev.portcullis.engine.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import org.junit.jupiter.api.Test;

/** What is said where a namespace has not the team any more that asked, or that was asked. */
class AnotherTeamTest {
    private final Mesh mesh = Mesh.standard();

    @Test
    void aTeamThatIsGoneIsNamedWithItsNamespace() {
        Case request = mesh.request().settle();
        mesh.withoutTeam("marketing");
        request.settle();

        assertThat(ready(request))
                .isEqualTo(
                        "the request was made by team marketing to team checkout; now no Team lists namespace marketing: the platform team restores the Team, or request another agreement");
    }

    @Test
    void aTeamThatHasTakenOverIsNamedAsWell() {
        Case request = mesh.request().settle();
        mesh.withoutTeam("checkout");
        mesh.team("fulfilment").namespaces("checkout");
        request.settle();

        assertThat(ready(request))
                .contains("; now team fulfilment acts for namespace checkout: ")
                .doesNotContain("namespace marketing");
    }

    private static String ready(Case request) {
        return request.object().getStatus().conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .findFirst()
                .orElseThrow()
                .message();
    }
}

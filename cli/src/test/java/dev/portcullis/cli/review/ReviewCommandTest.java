package dev.portcullis.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.console.Ran;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"ab", "a/b/c", "/b", "a/", "a/B", "a/../b", "datausageagreement.portcullis.dev/b"})
    void whatNamesNoAgreementIsNotAskedOfACluster(String name) {
        Ran ran = Ran.portcullis("review", name);

        assertThat(ran.err().lines())
                .containsExactly(
                        "portcullis review: " + name
                                + " names no agreement: write NAMESPACE/NAME, as kubectl get dua -A shows them. See portcullis review --help");
        assertThat(ran.code()).isEqualTo(64);
    }
}

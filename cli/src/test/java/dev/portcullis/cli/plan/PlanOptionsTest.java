package dev.portcullis.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.console.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of a plan that say nothing, or something else than is meant: none is passed over in silence. */
class PlanOptionsTest {
    @TempDir
    private Path folder;

    private Path manifests;

    @BeforeEach
    void write() throws IOException {
        manifests = Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(manifests.resolve("orders.yaml"), """
                apiVersion: portcullis.dev/v1alpha1
                kind: DataProduct
                metadata: {name: orders, namespace: checkout}
                spec: {title: Orders}
                """);
    }

    private Ran plan(String... options) {
        return planOf(manifests, options);
    }

    private Ran planOf(Path after, String... options) {
        List<String> arguments = new ArrayList<>(List.of("plan", manifests.toString(), after.toString()));
        arguments.addAll(List.of(options));
        return Ran.portcullis(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prune | --prune is for --cluster: of two folders, what is not in AFTER is deleted anyway",
                "--context=production | --context is for --cluster: no cluster is asked here",
                "--as= | --as names nobody: say who applies the change, or leave it out",
                "--as-in=checkout= | --as-in names nobody: write NAMESPACE=USER",
                "--decides-in=checkout= | --decides-in names nobody: write NAMESPACE=USER",
                "--as-in==olga | --as-in names nobody: write NAMESPACE=USER",
                "--now=tomorrow | Invalid value for option '--now': tomorrow is no moment: write it like 2026-12-01 or 2026-12-01T08:00:00Z",
                "--now=2026-02-30 | Invalid value for option '--now': 2026-02-30 is no moment: write it like 2026-12-01 or 2026-12-01T08:00:00Z"
            })
    void whatSaysNothingIsRefused(String option, String answer) {
        Ran ran = plan(option);

        assertThat(ran.err().lines()).containsExactly("portcullis plan: " + answer + ". See portcullis plan --help");
        assertThat(ran.code()).isEqualTo(64);
    }

    /** Neither of two is meant more than the other. */
    @Test
    void twoWhoApplyOneNamespaceAreRefused() {
        Ran ran = plan("--as-in", "checkout=olga@example.com", "--as-in", "checkout=robin@example.com");

        assertThat(ran.err().lines())
                .containsExactly(
                        "portcullis plan: --as-in names olga@example.com and robin@example.com for namespace checkout: say who of them applies it. See portcullis plan --help");
        assertThat(ran.code()).isEqualTo(64);
    }

    @Test
    void oneWhoAppliesTwoNamespacesIsSaidTwice() {
        assertThat(plan("--as-in", "checkout=olga@example.com", "--as-in", "checkout=olga@example.com")
                        .code())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01, 2026-12-01T00:00:00Z",
        "2026-12-01T08:00:00Z, 2026-12-01T08:00:00Z",
        "2026-12-01T08:00:00+02:00, 2026-12-01T06:00:00Z"
    })
    void aMomentIsADateOrAnInstant(String said, String meant) {
        Ran ran = plan("--now", said, "-o", "json");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).contains("\"now\" : \"" + meant + "\"");
    }

    @Test
    void aNamespaceThatNoManifestIsInIsQuestioned() {
        Ran ran = plan("--as-in", "chekout=olga@example.com", "--as-in", "checkout=olga@example.com");

        assertThat(ran.err().lines())
                .containsExactly(
                        "portcullis: warning: --as-in: there is no manifest in namespace chekout: did you mean checkout?");
        assertThat(ran.code()).isZero();
    }

    @Test
    void aFolderWithoutManifestsIsQuestioned() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Files.writeString(empty.resolve("README.md"), "Nothing here.");

        Ran ran = planOf(empty);

        assertThat(ran.out())
                .contains("NothingLeft folder " + empty)
                .contains("all that was there is taken to be deleted");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void aFileThatIsNoManifestIsNoEmptyFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("change.txt"), "kind: Team");

        Ran ran = planOf(file);

        assertThat(ran.err().lines())
                .containsExactly(
                        "portcullis: " + file + " is no file of manifests: their names end with .yaml, .yml or .json");
        assertThat(ran.code()).isEqualTo(1);
    }
}

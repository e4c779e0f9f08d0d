package dev.portcullis.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/dependencies.md says what is shipped; with -Dportcullis.dependencies.write=true, and bills of materials, it is written instead. */
class DependencyPageTest {
    private static final Path ROOT = Path.of(System.getProperty("portcullis.root"));
    private static final Path PAGE = ROOT.resolve("docs/dependencies.md");
    private static final Map<String, Path> BILLS =
            Map.of("operator", ROOT.resolve("operator/target/sbom.json"), "cli", ROOT.resolve("cli/target/sbom.json"));

    @ParameterizedTest
    @ValueSource(strings = {"operator", "cli"})
    void thePageNamesEveryJarThatIsShippedAndNoOther(String thing) throws IOException {
        List<String> named = page().rows().stream()
                .filter(row -> row.with().contains(thing))
                .map(row -> row.library().jar())
                .toList();

        assertThat(jars(thing))
                .as(
                        "jars in %s/target/lib. Where libraries have changed: dev/update-dependencies (and mvn clean, where an old one is left there)",
                        thing)
                .containsExactlyInAnyOrderElementsOf(named);
    }

    @BeforeAll
    static void writeThePage() throws IOException {
        if (Boolean.getBoolean("portcullis.dependencies.write")) {
            assertThat(BILLS.values())
                    .as("without bills of materials there is nothing to write the page from: -Psbom")
                    .allMatch(Files::exists);
            Files.writeString(PAGE, whatTheBillsSay());
        }
    }

    /** Where the build has made bills of materials (-Psbom), they have the last word on licences. */
    @Test
    void thePageSaysWhatTheBillsOfMaterialsSay() throws IOException {
        if (BILLS.values().stream().allMatch(Files::exists)) {
            assertThat(PAGE)
                    .as("the page and the bills of materials of the last build with -Psbom: dev/update-dependencies")
                    .hasContent(whatTheBillsSay());
        }
    }

    private static String whatTheBillsSay() throws IOException {
        Map<String, BillOfMaterials> shipped = new HashMap<>();
        BILLS.forEach((thing, file) -> shipped.put(thing, BillOfMaterials.read(file)));
        return DependencyPage.of(shipped).writtenInto(Files.readString(PAGE));
    }

    @Test
    void everyLicenceMayBeShipped() throws IOException {
        assertThat(page().rows())
                .hasSizeGreaterThan(50)
                .allSatisfy(row -> assertThat(Licences.allow(row.library().licences()))
                        .as(
                                "%s is under %s, of which none is allowed (%s). Choose another library, or have a person read the licence",
                                row.library().coordinates(), row.library().licences(), Licences.ALLOWED)
                        .isTrue());
    }

    /** Two would be told apart by nobody: the image has both programs on one class path. */
    @Test
    void everyLibraryIsOfOneVersion() throws IOException {
        assertThat(page().rows()).extracting(row -> row.library().coordinates()).doesNotHaveDuplicates();
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        DependencyPage page = DependencyPage.of(Map.of("cli", BillOfMaterials.parse("""
                {"bomFormat": "CycloneDX", "components": [
                  {"group": "org.example", "name": "two", "version": "1.0", "licenses": [{"license": {"id": "EPL-1.0"}}, {"license": {"name": "GNU Lesser General Public License"}}]},
                  {"group": "org.example", "name": "one", "version": "2.1-jre", "licenses": [{"license": {"name": "Go License"}}]},
                  {"group": "dev.portcullis", "name": "portcullis-api", "version": "1"}]}
                """, "test")));

        String written = page.writtenInto(
                "# Page\n\n| library | version | licence | shipped with |\n|---|---|---|---|\n| old:old | 1 | MIT | cli |\n");

        assertThat(DependencyPage.parse(written)).isEqualTo(page);
        assertThat(written).endsWith("""
                | org.example:one | 2.1-jre | BSD-3-Clause | cli |
                | org.example:two | 1.0 | EPL-1.0 or LGPL-2.1-only | cli |
                """);
    }

    @Test
    void whatNobodyHasReadIsNotAllowed() {
        assertThat(Licences.allow(List.of("GPL-2.0-only"))).isFalse();
        assertThat(Licences.allow(List.of("Some licence of our own"))).isFalse();
        assertThat(Licences.allow(List.of())).isFalse();
        assertThat(Licences.allow(List.of("LGPL-2.1-only", "EPL-1.0"))).isTrue();
    }

    private static DependencyPage page() throws IOException {
        return DependencyPage.parse(Files.readString(PAGE));
    }

    private static List<String> jars(String thing) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(thing).resolve("target/lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("portcullis-"))
                    .toList();
        }
    }
}

package dev.portcullis.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check over advisories that are written here: what it says, and how it ends. */
class CheckVulnerabilitiesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-01T23:59:00Z"), ZoneOffset.ofHours(5));

    private static final String AFFECTS_PARSER = """
            {"id": "GHSA-aaaa", "modified": "2026-11-20T10:00:00Z", "aliases": ["CVE-2026-1"], "summary": "Deep nesting ends the program",
             "affected": [{"package": {"ecosystem": "Maven", "name": "org.example:parser"},
               "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "2.0"}, {"fixed": "2.1.4"}]},
                          {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.9"}]}]}]}
            """;

    private static final String NOT_AFFECTED = """
            {"id": "GHSA-bbbb", "modified": "2026-11-25T10:00:00Z",
             "affected": [{"package": {"ecosystem": "Maven", "name": "org.example:pool"},
               "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.0"}]}]}]}
            """;

    @TempDir
    Path dir;

    private Path data;
    private Path bill;
    private final List<String> said = new ArrayList<>();

    @BeforeEach
    void bill() throws IOException {
        data = Files.createDirectories(dir.resolve("advisories/GHSA"));
        bill = Files.writeString(dir.resolve("sbom.json"), """
                {"bomFormat": "CycloneDX", "components": [
                  {"group": "org.example", "name": "parser", "version": "2.1.3", "licenses": [{"license": {"id": "MIT"}}]},
                  {"group": "org.example", "name": "pool", "version": "3.0"}]}
                """);
    }

    @Test
    void whatIsAffectedIsToldWithItsFix() throws IOException {
        advisory("a.json", AFFECTS_PARSER);
        advisory("b.json", NOT_AFFECTED);

        assertThat(check()).isEqualTo(1);
        assertThat(said)
                .containsExactly(
                        "FAULT   org.example:parser 2.1.3: GHSA-aaaa, CVE-2026-1 (Deep nesting ends the program); fixed in 2.1.4",
                        "2 libraries, 2 advisories, the youngest of 2026-11-25T10:00:00Z: something is to be mended");
    }

    @Test
    void nothingKnownIsAGoodEnd() throws IOException {
        advisory("b.json", NOT_AFFECTED);

        assertThat(check()).isZero();
        assertThat(said)
                .containsExactly(
                        "2 libraries, 1 advisories, the youngest of 2026-11-25T10:00:00Z: nothing is known of them");
    }

    @Test
    void anArchiveIsReadAsAFolderIs() throws IOException {
        Path zip = dir.resolve("all.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String json : List.of(AFFECTS_PARSER, NOT_AFFECTED)) {
                out.putNextEntry(new ZipEntry("GHSA-" + json.hashCode() + ".json"));
                out.write(json.getBytes(StandardCharsets.UTF_8));
            }
        }

        assertThat(run(zip.toString(), bill.toString())).isEqualTo(1);
        assertThat(said).anyMatch(line -> line.contains("GHSA-aaaa"));
    }

    @Test
    void oneFaultUnderSeveralNamesIsToldOnce() throws IOException {
        advisory("a.json", AFFECTS_PARSER);
        advisory("b.json", """
                {"id": "CVE-2026-1", "affected": [{"package": {"ecosystem": "Maven", "name": "org.example:parser"}, "versions": ["2.1.3"]}]}
                """);

        assertThat(check()).isEqualTo(1);
        assertThat(said).filteredOn(line -> line.startsWith("FAULT")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'package': {'ecosystem': 'Maven', 'name': 'org.example:parser'}, 'versions': ['2.1.3']}",
                "{'package': {'ecosystem': 'Maven', 'name': 'org.example:parser'}, 'ranges': [{'type': 'SEMVER', 'events': [{'introduced': '2.0.0'}]}]}",
                "{'package': {'ecosystem': 'Maven', 'name': 'org.example:parser'}, 'ranges': [{'type': 'ECOSYSTEM', 'events': [{'introduced': '0'}, {'last_affected': '2.1.3'}]}]}",
                "{'package': {'ecosystem': 'Maven:https://repo.example.com', 'name': 'org.example:parser'}, 'versions': ['2.1.3']}",
                "{'package': {'purl': 'pkg:maven/org.example/parser?type=jar'}, 'versions': ['2.1.3']}",
                // neither versions nor ranges: all
                "{'package': {'ecosystem': 'Maven', 'name': 'org.example:parser'}}"
            })
    void eachWayToNameAVersionCounts(String affected) throws IOException {
        advisory("a.json", "{'id': 'X-1', 'affected': [%s]}".formatted(affected).replace('\'', '"'));

        assertThat(check()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'affected': [{'package': {'ecosystem': 'PyPI', 'name': 'org.example:parser'}, 'versions': ['2.1.3']}]",
                "'affected': [{'package': {'ecosystem': 'Maven', 'name': 'org.example:parser-tools'}, 'versions': ['2.1.3']}]",
                "'affected': [{'package': {'ecosystem': 'Maven', 'name': 'org.example:parser'}, 'versions': ['2.1.2']}]",
                "'withdrawn': '2026-11-01T00:00:00Z', 'affected': [{'package': {'ecosystem': 'Maven', 'name': 'org.example:parser'}, 'versions': ['2.1.3']}]"
            })
    void whatIsOfOthersOrWithdrawnDoesNot(String rest) throws IOException {
        advisory("a.json", "{'id': 'X-1', %s}".formatted(rest).replace('\'', '"'));
        advisory("b.json", NOT_AFFECTED);

        assertThat(check()).isZero();
    }

    @Test
    void anExemptionHoldsUntilTheEndOfItsLastDay() throws IOException {
        advisory("a.json", AFFECTS_PARSER);

        assertThat(
                        checkWith(
                                "- {id: CVE-2026-1, library: 'org.example:parser', reason: Nothing of a tenant's is parsed., until: 2026-12-01}"))
                .isZero();
        assertThat(said)
                .startsWith(
                        "exempt  org.example:parser 2.1.3: GHSA-aaaa, CVE-2026-1 (Deep nesting ends the program); fixed in 2.1.4",
                        "        exempt until 2026-12-01: Nothing of a tenant's is parsed.");

        assertThat(
                        checkWith(
                                "- {id: GHSA-aaaa, library: 'org.example:parser', reason: Nothing of a tenant's is parsed., until: 2026-11-30}"))
                .isEqualTo(1);
        assertThat(said).contains("        exempt until 2026-11-30, which is over: Nothing of a tenant's is parsed.");
    }

    @Test
    void anExemptionIsForOneFaultOfOneLibrary() throws IOException {
        advisory("a.json", AFFECTS_PARSER);

        assertThat(checkWith("""
                - {id: CVE-2026-1, library: 'org.example:pool', reason: Looked at., until: 2027-12-01}
                - {id: CVE-2026-2, library: 'org.example:parser', reason: Looked at., until: 2027-12-01}
                """)).isEqualTo(1);
        assertThat(said)
                .contains("note    the exemption of CVE-2026-1 for org.example:pool is of no use any more: remove it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- {id: CVE-2026-1, library: 'org.example:parser', until: 2027-12-01}",
                "- {id: CVE-2026-1, library: 'org.example:parser', reason: ' ', until: 2027-12-01}",
                "- {id: CVE-2026-1, library: 'org.example:parser', reason: Looked at.}",
                "- {id: CVE-2026-1, library: 'org.example:parser', reason: Looked at., until: for ever}",
                "- {id: CVE-2026-1, library: 'org.example:parser', reason: Looked at., until: 2027-12-01, comment: none}",
                "{"
            })
    void anExemptionWithoutReasonOrEndIsNone(String exemptions) throws IOException {
        advisory("a.json", AFFECTS_PARSER);

        assertThat(checkWith(exemptions)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"affected\": []}", "[]"})
    void anAdvisoryThatCannotBeReadIsNoAnswer(String json) throws IOException {
        advisory("a.json", json);
        advisory("b.json", NOT_AFFECTED);

        assertThat(check()).isEqualTo(2);
        assertThat(said).singleElement().asString().startsWith("no answer: ").contains("a.json");
    }

    @Test
    void missingDataIsNoAnswer() throws IOException {
        assertThat(check()).as("an empty folder").isEqualTo(2);
        assertThat(run(dir.resolve("nothing").toString(), bill.toString())).isEqualTo(2);
        assertThat(run()).isEqualTo(2);

        advisory("b.json", NOT_AFFECTED);
        assertThat(run(data.toString())).as("no bill").isEqualTo(2);
        assertThat(run(data.toString(), dir.resolve("none.json").toString())).isEqualTo(2);
        assertThat(run(
                        data.toString(),
                        Files.writeString(dir.resolve("other.json"), "{\"spdxVersion\": \"2.3\"}")
                                .toString()))
                .isEqualTo(2);
        assertThat(run(
                        data.toString(),
                        Files.writeString(
                                        dir.resolve("empty.json"), "{\"bomFormat\": \"CycloneDX\", \"components\": []}")
                                .toString()))
                .isEqualTo(2);
    }

    private void advisory(String name, String json) throws IOException {
        Files.writeString(data.resolve(name), json);
    }

    private int check() {
        return run(dir.resolve("advisories").toString(), bill.toString());
    }

    private int checkWith(String exemptions) throws IOException {
        Path file = Files.writeString(dir.resolve("exemptions.yaml"), exemptions);
        return run("--exemptions", file.toString(), dir.resolve("advisories").toString(), bill.toString());
    }

    private int run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = new CheckVulnerabilities(new PrintStream(out, true, StandardCharsets.UTF_8), CLOCK).run(arguments);
        said.clear();
        said.addAll(out.toString(StandardCharsets.UTF_8).lines().toList());
        return code;
    }
}

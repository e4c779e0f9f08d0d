package dev.portcullis.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.cli.console.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents with a slip of the pen, and files that do not go together. */
class ImportMistakesTest {
    private static final String PRODUCT = """
            dataProductSpecification: 0.0.1
            id: %s
            info: {title: Parcels}
            outputPorts:
            - {id: v1, type: postgres, server: {database: d, schema: s, table: t}}
            """;

    @TempDir
    private Path folder;

    private Ran ran(String... texts) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("import", "-n", "shipping", "--platform", "warehouse"));
        for (int i = 0; i < texts.length; i++) {
            Path file = folder.resolve((char) ('a' + i) + ".yaml");
            arguments.add(Files.writeString(file, texts[i]).toString());
        }
        Ran ran = Ran.portcullis(arguments.toArray(String[]::new));
        return new Ran(ran.code(), ran.out(), ran.err().replace(folder + "/", ""));
    }

    @Test
    void aMisspeltFieldIsToldWithTheOneThatIsMeant() throws IOException {
        Ran ran = ran("""
                dataProductSpecification: 0.0.1
                id: parcels
                info: {title: Parcels, stauts: retired}
                outputPorts:
                - id: v1
                  contansPii: true
                  server: {database: d, schema: s, table: t}
                """);

        assertThat(ran.err().lines())
                .containsExactly(
                        "a.yaml:3: warning: stauts has no place in our manifests and is left out: did you mean status?",
                        "a.yaml:6: warning: contansPii has no place in our manifests and is left out: did you mean containsPii?");
        assertThat(ran.code()).isZero();
    }

    @Test
    void aMisspeltFieldThatHasToBeThereIsTheWholeMessage() throws IOException {
        Ran ran = ran("""
                dataProductSpecification: 0.0.1
                id: parcels
                info:
                  titel: Parcels
                  archetype: source-aligned
                """);

        assertThat(ran.err().lines())
                .containsExactly(
                        "a.yaml:2: a data product has an id, and a title in info",
                        "a.yaml:4: there is no field titel: did you mean title?");
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void anEmptyFileIsAFault() throws IOException {
        for (String nothing : List.of("", "# later\n", "---\n---\n")) {
            Ran ran = ran(nothing);

            assertThat(ran.err().lines()).containsExactly("a.yaml:1: there is no document in this file: leave it out");
            assertThat(ran.code()).isEqualTo(2);
        }
    }

    @Test
    void theSameProductTwiceIsLeftOutOnce() throws IOException {
        Ran ran = ran(PRODUCT.formatted("parcels_all"), PRODUCT.formatted("parcels_all"));

        assertThat(ran.err().lines())
                .containsExactly(
                        "b.yaml:2: warning: there is another data product with the id parcels_all in a.yaml, line 1: this one is left out");
        assertThat(ran.out().lines().filter(line -> line.startsWith("kind:"))).hasSize(2);
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void portsOfSeveralProductsMayBeCalledAlike() throws IOException {
        Ran ran = ran(
                PRODUCT.formatted("one"),
                PRODUCT.formatted("two"),
                PRODUCT.formatted("three"),
                PRODUCT.formatted("t/wo"));

        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out()
                        .lines()
                        .filter(line -> line.startsWith("  name: "))
                        .map(line -> line.substring("  name: ".length())))
                .containsExactly("one", "v1", "two", "two-v1", "three", "three-v1", "t-wo", "t-wo-v1");
    }

    @Test
    void aContractThatNoPortNamesIsSaid() throws IOException {
        String contract = "kind: DataContract\napiVersion: v3.0.0\nid: parcels-v1\nversion: 1.0.0\n";

        assertThat(ran(PRODUCT.formatted("parcels"), contract).err().lines())
                .containsExactly(
                        "b.yaml:3: warning: no output port here names data contract parcels-v1: nothing of it is used");

        Ran alone = ran(contract, contract);
        assertThat(alone.err().lines())
                .containsExactly(
                        "a.yaml:3: warning: no output port here names data contract parcels-v1: nothing of it is used",
                        "b.yaml:3: warning: there is another data contract with the id parcels-v1 in a.yaml, line 3: this one is left out",
                        "portcullis: there is no data product in these files: name the document of one; a data contract alone makes no manifest");
        assertThat(alone.code()).isEqualTo(1);
    }
}

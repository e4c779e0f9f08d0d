package dev.portcullis.cli.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.cli.schema.ResourceCheck;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.YamlDocument;
import dev.portcullis.engine.manifest.YamlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Names that a database takes and that mean something else elsewhere. */
public final class HostileNames {
    private static final ResourceCheck SERVER = new ResourceCheck();
    private static final ObjectMapper JSON = new ObjectMapper();

    private HostileNames() {}

    /** At most 63 bytes, as a database has them. */
    public static Arbitrary<String> all() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(20),
                Arbitraries.of(
                        "select",
                        "user",
                        "null",
                        "true",
                        "no",
                        "~",
                        "1e3",
                        "0x1F",
                        "2026-12-01",
                        "a.b",
                        "sales.orders",
                        "Sales",
                        "sales",
                        "SALES",
                        "a b",
                        " a",
                        "a ",
                        "-",
                        "--",
                        "- a",
                        "? a",
                        "a: b",
                        "a #b",
                        "#",
                        "*a",
                        "&a",
                        "!a",
                        "%a",
                        "@a",
                        "`a`",
                        "{a}",
                        "{{ a }}",
                        "[a]",
                        "'",
                        "\"",
                        "\\",
                        "it's",
                        "say \"a\"",
                        "a\nb",
                        "a\tb",
                        "a\rb",
                        "\u0001",
                        "\u0085",
                        "\u2028",
                        "\u202e",
                        "\ufeff",
                        "a\u0000b".replace("\u0000", ""),
                        "ä",
                        "é",
                        "e\u0301",
                        "日本語",
                        "🚀",
                        "a".repeat(63),
                        "ä".repeat(31),
                        "🚀".repeat(15),
                        "-".repeat(63),
                        "x-" + "a".repeat(61),
                        "../../etc/passwd",
                        "$(id)",
                        "; drop table a"));
    }

    /** What is written reads as it was, the API server would take all of it, and no two are the same resource. @return how many there are */
    public static int areTaken(String yaml) {
        List<Fault> faults = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<YamlDocument> documents = YamlText.documents("manifests", yaml, faults);
        assertThat(faults).as(yaml).isEmpty();
        for (YamlDocument document : documents) {
            JsonNode tree = document.tree();
            assertThat(SERVER.check(null, tree)).as(yaml).isEmpty();
            assertThat(names.add(tree.path("kind").asText() + " "
                            + tree.at("/metadata/namespace").asText() + "/"
                            + tree.at("/metadata/name").asText()))
                    .as(yaml)
                    .isTrue();
        }
        assertThat(asOfYaml11(yaml))
                .isEqualTo(documents.stream().map(YamlDocument::tree).toList());
        return documents.size();
    }

    /** As kubectl reads it, for which more words and characters mean something. */
    private static List<JsonNode> asOfYaml11(String yaml) {
        List<JsonNode> trees = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions()))
                .loadAll(yaml)
                .forEach(read -> trees.add(JSON.valueToTree(read)));
        return trees;
    }
}

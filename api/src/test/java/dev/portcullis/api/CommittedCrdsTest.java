package dev.portcullis.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed CustomResourceDefinitions are those of the types; with -Dportcullis.crds.write=true they are written instead. */
class CommittedCrdsTest {
    private static final Path ROOT = Path.of(System.getProperty("portcullis.root"));
    private static final List<Path> COPIES = List.of(ROOT.resolve("crds"), ROOT.resolve("helm/portcullis/files/crds"));

    @TempDir
    Path scratch;

    @Test
    void bothCopiesAreWhatTheTypesSay() throws IOException {
        SortedMap<String, String> generated = GeneratedCrds.yamlByFileName(scratch);
        if (Boolean.getBoolean("portcullis.crds.write")) {
            for (Path folder : COPIES) {
                Files.createDirectories(folder);
                for (Map.Entry<String, String> file : generated.entrySet()) {
                    Files.writeString(folder.resolve(file.getKey()), file.getValue());
                }
            }
        }
        for (Path folder : COPIES) {
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .as("files in %s: run dev/update-crds", folder)
                        .containsExactlyInAnyOrderElementsOf(generated.keySet());
            }
            for (Map.Entry<String, String> file : generated.entrySet()) {
                assertThat(folder.resolve(file.getKey()))
                        .as("%s differs from the types: run dev/update-crds", file.getKey())
                        .hasContent(file.getValue());
            }
        }
    }

    @Test
    void theReferenceIsWhatTheTypesSay() throws IOException {
        Path file = ROOT.resolve("docs/reference.md");
        String generated = GeneratedReference.markdown(
                GeneratedCrds.yamlByFileName(scratch).values());
        if (Boolean.getBoolean("portcullis.crds.write")) {
            Files.writeString(file, generated);
        }
        assertThat(file)
                .as("docs/reference.md differs from the types: run dev/update-crds")
                .hasContent(generated);
    }

    @Test
    void everythingIsBoundedAndDescribed() throws IOException {
        List<String> faults = new ArrayList<>();
        GeneratedCrds.yamlByFileName(scratch).values().forEach(yaml -> {
            CustomResourceDefinition crd =
                    new KubernetesSerialization().unmarshal(yaml, CustomResourceDefinition.class);
            JSONSchemaProps root =
                    crd.getSpec().getVersions().get(0).getSchema().getOpenAPIV3Schema();
            findFaults(crd.getSpec().getNames().getKind(), root, faults);
        });
        assertThat(faults).isEmpty();
    }

    private static void findFaults(String path, JSONSchemaProps schema, List<String> faults) {
        if ("string".equals(schema.getType()) && schema.getMaxLength() == null && schema.getEnum() == null) {
            faults.add(path + " is a string without maxLength");
        }
        if ("array".equals(schema.getType())) {
            if (schema.getMaxItems() == null) {
                faults.add(path + " is a list without maxItems");
            }
            findFaults(path + "[]", schema.getItems().getSchema(), faults);
        }
        if (schema.getAdditionalProperties() != null) {
            if (schema.getMaxProperties() == null) {
                faults.add(path + " is a map without maxProperties");
            }
            findFaults(path + "{}", schema.getAdditionalProperties().getSchema(), faults);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, field) -> {
                if (field.getDescription() == null || field.getDescription().isBlank()) {
                    faults.add(path + "." + name + " has no description");
                }
                findFaults(path + "." + name, field, faults);
            });
        }
    }
}

package dev.portcullis.api;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.grant.AccessGrant;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The CustomResourceDefinitions as the types of this module say them, by file name. */
final class GeneratedCrds {
    private static final List<Class<? extends CustomResource<?, ?>>> KINDS = List.of(
            Team.class,
            DataPlatform.class,
            DataProduct.class,
            OutputPort.class,
            DataUsageAgreement.class,
            AccessGrant.class,
            ApprovalPolicy.class,
            Decision.class);

    private GeneratedCrds() {}

    static SortedMap<String, String> yamlByFileName(Path scratch) throws IOException {
        Files.createDirectories(scratch);
        CRDGenerator generator = new CRDGenerator().inOutputDir(scratch.toFile());
        KINDS.forEach(kind -> generator.customResourceClasses(List.of(kind)));
        generator.detailedGenerate();

        KubernetesSerialization serialization = new KubernetesSerialization();
        SortedMap<String, String> yaml = new TreeMap<>();
        for (Class<? extends CustomResource<?, ?>> kind : KINDS) {
            CustomResource<?, ?> sample = CustomResource.class.cast(instance(kind));
            Path file = scratch.resolve(sample.getCRDName() + "-v1.yml");
            CustomResourceDefinition crd =
                    serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
            for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
                version.setAdditionalPrinterColumns(inDeclaredOrder(kind, version.getAdditionalPrinterColumns()));
                removeRepeatedRules(version.getSchema().getOpenAPIV3Schema());
            }
            yaml.put(
                    sample.getCRDName() + ".yaml",
                    "# Generated from the types in api/ by dev/update-crds. Do not edit.\n"
                            + serialization.asYaml(crd));
        }
        return yaml;
    }

    private static Object instance(Class<?> kind) {
        try {
            return kind.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The generator sorts columns by path; people read them in the order in which they were declared. */
    private static List<CustomResourceColumnDefinition> inDeclaredOrder(
            Class<?> kind, List<CustomResourceColumnDefinition> columns) {
        List<String> declared = Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        List<CustomResourceColumnDefinition> sorted = new ArrayList<>(columns);
        sorted.sort(Comparator.comparingInt(column -> declared.indexOf(column.getName())));
        return sorted;
    }

    /** A rule on a record's component is found twice by the generator: on the field and on its accessor. */
    private static void removeRepeatedRules(JSONSchemaProps schema) {
        List<ValidationRule> rules = schema.getXKubernetesValidations();
        if (rules != null) {
            schema.setXKubernetesValidations(new ArrayList<>(new LinkedHashSet<>(rules)));
        }
        Map<String, JSONSchemaProps> properties = schema.getProperties();
        if (properties != null) {
            properties.values().forEach(GeneratedCrds::removeRepeatedRules);
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            removeRepeatedRules(schema.getItems().getSchema());
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            removeRepeatedRules(schema.getAdditionalProperties().getSchema());
        }
    }
}

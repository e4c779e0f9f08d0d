package dev.portcullis.api.platform;

import dev.portcullis.api.PortcullisApi;
import dev.portcullis.api.RootSchema;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A server where access is granted. Cluster-scoped; the platform team writes it. */
@Group(PortcullisApi.GROUP)
@Version(PortcullisApi.VERSION)
@Plural("dataplatforms")
@Singular("dataplatform")
@Categories(PortcullisApi.CATEGORY)
@SchemaCustomizer(
        value = RootSchema.class,
        input = "A server where access is granted. Cluster-scoped; the platform team writes it.")
@ValidationRule(
        value = "self.metadata.name.size() <= 63 && self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
        message = "the name of a DataPlatform has lower-case letters, digits and dashes, and at most 63 of them")
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type=='Ready')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type=='Ready')].reason",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Version", jsonPath = ".status.version", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Entitlements",
        jsonPath = ".status.entitlements",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        // the first after Ready and Reachable; the others are in describe
        name = "Notice",
        jsonPath = ".status.conditions[2:].type",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Compared",
        jsonPath = ".status.lastFullComparison",
        type = AdditionalPrinterColumn.Type.DATE,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class DataPlatform extends CustomResource<DataPlatformSpec, DataPlatformStatus> {}

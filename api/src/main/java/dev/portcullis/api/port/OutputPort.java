package dev.portcullis.api.port;

import dev.portcullis.api.PortcullisApi;
import dev.portcullis.api.RootSchema;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** Objects of a data product on one platform that can be asked for. Lives in the namespace of its data product. */
@Group(PortcullisApi.GROUP)
@Version(PortcullisApi.VERSION)
@Plural("outputports")
@Singular("outputport")
@ShortNames("port")
@Categories(PortcullisApi.CATEGORY)
@SchemaCustomizer(
        value = RootSchema.class,
        input =
                "Objects of a data product on one platform that can be asked for. Lives in the namespace of its data product.")
@ValidationRule(
        value = "self.metadata.name.size() <= 63 && self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
        message = "the name of an OutputPort has lower-case letters, digits and dashes, and at most 63 of them")
@AdditionalPrinterColumn(name = "Product", jsonPath = ".spec.dataProduct", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Platform", jsonPath = ".spec.platform", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Auto-Approve",
        jsonPath = ".spec.autoApprove",
        type = AdditionalPrinterColumn.Type.BOOLEAN)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type=='Ready')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Requested",
        jsonPath = ".status.agreements.requested",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Active",
        jsonPath = ".status.agreements.active",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        // the first; the others are in describe
        name = "Notice",
        jsonPath = ".status.conditions[?(@.type!='Ready')].type",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type=='Ready')].reason",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
public final class OutputPort extends CustomResource<OutputPortSpec, OutputPortStatus> implements Namespaced {}

package dev.portcullis.api.product;

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

/** What a provider offers to other teams, as a whole. Its output ports are what can be asked for. */
@Group(PortcullisApi.GROUP)
@Version(PortcullisApi.VERSION)
@Plural("dataproducts")
@Singular("dataproduct")
@ShortNames("dp")
@Categories(PortcullisApi.CATEGORY)
@SchemaCustomizer(
        value = RootSchema.class,
        input = "What a provider offers to other teams, as a whole. Its output ports are what can be asked for.")
@ValidationRule(
        value = "self.metadata.name.size() <= 63 && self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
        message = "the name of a DataProduct has lower-case letters, digits and dashes, and at most 63 of them")
@AdditionalPrinterColumn(name = "Title", jsonPath = ".spec.title", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Lifecycle", jsonPath = ".spec.lifecycle", type = AdditionalPrinterColumn.Type.STRING)
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
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class DataProduct extends CustomResource<DataProductSpec, DataProductStatus> implements Namespaced {}

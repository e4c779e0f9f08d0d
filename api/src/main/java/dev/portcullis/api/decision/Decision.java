package dev.portcullis.api.decision;

import dev.portcullis.api.PortcullisApi;
import dev.portcullis.api.RootSchema;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** What one person or system decided on one agreement. Lives with the output port, outlives the agreement, and never changes. */
@Group(PortcullisApi.GROUP)
@Version(PortcullisApi.VERSION)
@Plural("decisions")
@Singular("decision")
@Categories(PortcullisApi.CATEGORY)
@SchemaCustomizer(
        value = RootSchema.class,
        input =
                "What one person or system decided on one agreement. Lives in the namespace of the output port, outlives the agreement as evidence, and never changes."
                        + "|What became of it. Written by the operator alone.")
@ValidationRule(
        value = "self.metadata.name.size() <= 63 && self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
        message = "the name of a Decision has lower-case letters, digits and dashes, and at most 63 of them")
@AdditionalPrinterColumn(name = "Decision", jsonPath = ".spec.decision", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "By", jsonPath = ".spec.by", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Port", jsonPath = ".spec.outputPort", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Consumer-Namespace",
        jsonPath = ".spec.agreement.namespace",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Agreement",
        jsonPath = ".spec.agreement.name",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Outcome", jsonPath = ".status.outcome", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = ".status.message",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.agreement.namespace")
@AdditionalSelectableField(jsonPath = ".spec.agreement.name")
@AdditionalSelectableField(jsonPath = ".spec.outputPort")
public final class Decision extends CustomResource<DecisionSpec, DecisionStatus> implements Namespaced {}

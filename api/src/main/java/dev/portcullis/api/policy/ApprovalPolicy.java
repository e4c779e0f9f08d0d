package dev.portcullis.api.policy;

import dev.portcullis.api.PortcullisApi;
import dev.portcullis.api.RootSchema;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** What requests have to meet beyond what their port says. Cluster-scoped; the platform team writes it. */
@Group(PortcullisApi.GROUP)
@Version(PortcullisApi.VERSION)
@Plural("approvalpolicies")
@Singular("approvalpolicy")
@ShortNames("apol")
@Categories(PortcullisApi.CATEGORY)
@SchemaCustomizer(
        value = RootSchema.class,
        input = "What requests have to meet beyond what their port says. Cluster-scoped; the platform team writes it.")
@ValidationRule(
        value = "self.metadata.name.size() <= 63 && self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
        message = "the name of an ApprovalPolicy has lower-case letters, digits and dashes, and at most 63 of them")
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".spec.mode", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Order", jsonPath = ".spec.order", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type=='Ready')].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type=='Ready')].reason",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = ".status.conditions[?(@.type=='Ready')].message",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
public final class ApprovalPolicy extends CustomResource<ApprovalPolicySpec, ApprovalPolicyStatus> {}

package dev.portcullis.api.agreement;

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
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One request to use one output port for one purpose, its decision, and the access it explains. Lives in the consumer's namespace. */
@Group(PortcullisApi.GROUP)
@Version(PortcullisApi.VERSION)
@Plural("datausageagreements")
@Singular("datausageagreement")
@ShortNames("dua")
@Categories(PortcullisApi.CATEGORY)
@SchemaCustomizer(
        value = RootSchema.class,
        input =
                "One request to use one output port for one purpose, its decision, and the access it explains. Lives in the consumer's namespace.")
@ValidationRule(
        value = "self.metadata.name.size() <= 63 && self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
        message = "the name of a DataUsageAgreement has lower-case letters, digits and dashes, and at most 63 of them")
@AdditionalPrinterColumn(
        name = "Approval",
        jsonPath = ".status.approval.status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Port",
        jsonPath = ".spec.provider.outputPort",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Consumer", jsonPath = ".status.consumer", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Ends", jsonPath = ".status.ends", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        // AccessBeyond or AccessRemains: what comes before Approved
        name = "Notice",
        jsonPath = ".status.conditions[?(@.type<'Ap')].type",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Recertify-By",
        jsonPath = ".status.recertifyBy",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Rule",
        jsonPath = ".status.approval.rule",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Decided-By",
        jsonPath = ".status.approval.decidedBy",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type=='Ready')].reason",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.provider.namespace")
@AdditionalSelectableField(jsonPath = ".spec.provider.outputPort")
public final class DataUsageAgreement extends CustomResource<DataUsageAgreementSpec, DataUsageAgreementStatus>
        implements Namespaced {}

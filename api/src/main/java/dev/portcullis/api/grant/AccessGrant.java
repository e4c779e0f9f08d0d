package dev.portcullis.api.grant;

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

/** The order to a grant controller to let one principal use some objects of an external platform. Lives in the port's namespace. */
@Group(PortcullisApi.GROUP)
@Version(PortcullisApi.VERSION)
@Plural("accessgrants")
@Singular("accessgrant")
@ShortNames("grant")
@Categories(PortcullisApi.CATEGORY)
@SchemaCustomizer(
        value = RootSchema.class,
        input =
                "The order to a grant controller to let one principal use some objects of an external platform, for as long as it exists."
                        + " Written and deleted by the operator alone; lives in the port's namespace."
                        + "|What the grant controller did. Written by it alone: by whoever may patch it in all namespaces.")
@ValidationRule(
        value = "self.metadata.name.size() <= 63 && self.metadata.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?$')",
        message = "the name of an AccessGrant has lower-case letters, digits and dashes, and at most 63 of them")
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Platform", jsonPath = ".spec.platform", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Port", jsonPath = ".spec.outputPort.name", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Principal", jsonPath = ".spec.principal", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Deleted",
        jsonPath = ".metadata.deletionTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = ".status.message",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.outputPort.uid")
public final class AccessGrant extends CustomResource<AccessGrantSpec, AccessGrantStatus> implements Namespaced {}

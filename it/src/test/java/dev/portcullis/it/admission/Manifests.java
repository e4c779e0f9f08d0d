package dev.portcullis.it.admission;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** What the objects look like before somebody tries something. */
final class Manifests {
    private Manifests() {}

    static GenericKubernetesResource agreement(String name) {
        return parse("""
                apiVersion: portcullis.dev/v1alpha1
                kind: DataUsageAgreement
                metadata: {name: %s, namespace: marketing}
                spec:
                  purpose: Train the monthly churn model.
                  provider: {namespace: checkout, outputPort: orders-v1}
                  consumer: {user: carl@example.com}
                  end: 2027-03-31
                """.formatted(name));
    }

    static GenericKubernetesResource port(String name) {
        return parse("""
                apiVersion: portcullis.dev/v1alpha1
                kind: OutputPort
                metadata: {name: %s, namespace: checkout}
                spec:
                  dataProduct: orders
                  platform: warehouse
                  containsPii: true
                  postgresql:
                    database: shop
                    schema: sales
                    tables:
                    - {name: orders}
                    - {name: items, columns: [id, sku, quantity]}
                """.formatted(name));
    }

    static GenericKubernetesResource product(String name) {
        return parse("""
                apiVersion: portcullis.dev/v1alpha1
                kind: DataProduct
                metadata: {name: %s, namespace: checkout}
                spec: {title: Orders}
                """.formatted(name));
    }

    static GenericKubernetesResource platform(String name) {
        return parse("""
                apiVersion: portcullis.dev/v1alpha1
                kind: DataPlatform
                metadata: {name: %s}
                spec:
                  postgresql:
                    host: pg.example.com
                    credentials: {namespace: portcullis-system, name: warehouse-admin}
                """.formatted(name));
    }

    static GenericKubernetesResource externalPort(String name) {
        return parse("""
                apiVersion: portcullis.dev/v1alpha1
                kind: OutputPort
                metadata: {name: %s, namespace: checkout}
                spec:
                  dataProduct: orders
                  platform: events
                  external:
                    objects:
                    - {name: topics/orders}
                    - {name: topics/items, parts: [id, sku, quantity]}
                """.formatted(name));
    }

    /** As a client writes it that knows nothing of who it is. */
    static GenericKubernetesResource filedDecision(String name) {
        return parse("""
                apiVersion: portcullis.dev/v1alpha1
                kind: Decision
                metadata: {name: %s, namespace: checkout}
                spec:
                  outputPort: orders-v1
                  agreement: {namespace: marketing, name: churn-orders}
                  decision: approved
                  reason: Fine for the model only.
                """.formatted(name));
    }

    static GenericKubernetesResource grant(String name) {
        return parse("""
                apiVersion: portcullis.dev/v1alpha1
                kind: AccessGrant
                metadata: {name: %s, namespace: checkout, finalizers: [portcullis.dev/external]}
                spec:
                  installation: here
                  platform: events
                  outputPort: {name: orders-v1, uid: 6d0f}
                  principal: carl
                  objects: [{name: topics/orders}]
                """.formatted(name));
    }

    static GenericKubernetesResource team(String name) {
        return parse("""
                apiVersion: portcullis.dev/v1alpha1
                kind: Team
                metadata: {name: %s}
                spec: {namespaces: []}
                """.formatted(name));
    }

    /** With something added to its spec. */
    static GenericKubernetesResource with(GenericKubernetesResource resource, String field, Object value) {
        spec(resource).put(field, value);
        return resource;
    }

    static GenericKubernetesResource annotated(GenericKubernetesResource resource, Map<String, String> annotations) {
        resource.getMetadata().setAnnotations(annotations);
        return resource;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> spec(GenericKubernetesResource resource) {
        return (Map<String, Object>) resource.getAdditionalProperties().get("spec");
    }

    static GenericKubernetesResource parse(String yaml) {
        return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    }
}

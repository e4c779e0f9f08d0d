package dev.portcullis.engine.given;

import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.product.DataProductSpec;
import dev.portcullis.api.product.Lifecycle;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/** A DataProduct that can be changed. */
public final class ProductDraft {
    private final String namespace;
    private final String name;
    private String team;
    private Lifecycle lifecycle = Lifecycle.Active;
    private boolean suspend;

    ProductDraft(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
    }

    public ProductDraft ofTeam(String owner) {
        team = owner;
        return this;
    }

    public ProductDraft lifecycle(Lifecycle now) {
        lifecycle = now;
        return this;
    }

    public ProductDraft suspend(boolean now) {
        suspend = now;
        return this;
    }

    DataProduct build() {
        DataProduct product = new DataProduct();
        product.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        product.setSpec(new DataProductSpec(name, null, null, team, null, lifecycle, null, null, suspend, null, null));
        return product;
    }
}

package dev.portcullis.engine.given;

import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.product.DataProductSpec;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.api.product.Question;
import dev.portcullis.api.product.Terms;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;

/** A DataProduct that can be changed. */
public final class ProductDraft {
    private final String namespace;
    private final String name;
    private String team;
    private Lifecycle lifecycle = Lifecycle.Active;
    private boolean suspend;
    private Terms terms;
    private final List<Question> questions = new ArrayList<>();

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

    public ProductDraft terms(String revision, String text) {
        terms = new Terms(revision, text);
        return this;
    }

    public ProductDraft withoutTerms() {
        terms = null;
        return this;
    }

    /** Another question, or another text of the one of this id. */
    public ProductDraft asks(String id, String text, boolean required) {
        questions.removeIf(question -> question.id().equals(id));
        questions.add(new Question(id, text, required));
        return this;
    }

    public ProductDraft asksNothing() {
        questions.clear();
        return this;
    }

    DataProduct build() {
        DataProduct product = new DataProduct();
        product.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        product.setSpec(new DataProductSpec(
                name, null, null, team, null, lifecycle, null, null, suspend, terms, List.copyOf(questions)));
        return product;
    }
}

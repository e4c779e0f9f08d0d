package dev.portcullis.engine.given;

import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.port.Changes;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.RowFilter;
import dev.portcullis.api.port.Table;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.api.product.Lifecycle;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An OutputPort that can be changed. */
public final class PortDraft {
    private final String namespace;
    private final String name;
    private String uid;
    private boolean beingDeleted;
    private String product = "orders";
    private String platform = "warehouse";
    private boolean hasObjects = true;
    private String schema = "sales";
    private List<Table> tables = List.of();
    private final Map<String, String> filters = new TreeMap<>();
    private boolean autoApprove;
    private boolean pii;
    private Workflow workflow = Workflow.Manual;
    private Lifecycle lifecycle = Lifecycle.Active;
    private boolean suspend;
    private Changes changes = Changes.Snapshot;

    PortDraft(String namespace, String name, String uid) {
        this.namespace = namespace;
        this.name = name;
        this.uid = uid;
    }

    public PortDraft uid(String now) {
        uid = now;
        return this;
    }

    public PortDraft beingDeleted() {
        beingDeleted = true;
        return this;
    }

    public PortDraft ofProduct(String named) {
        product = named;
        return this;
    }

    public PortDraft onPlatform(String named) {
        platform = named;
        return this;
    }

    public PortDraft schema(String named) {
        schema = named;
        return this;
    }

    public PortDraft withoutObjects() {
        hasObjects = false;
        return this;
    }

    /** Each table as {@code orders}, or as {@code orders(id,country)} for some columns. */
    public PortDraft tables(String... texts) {
        tables = Stream.of(texts).map(PortDraft::table).toList();
        return this;
    }

    /** Offers a row filter, or another text by its name. */
    public PortDraft filter(String named, String where) {
        filters.put(named, where);
        return this;
    }

    public PortDraft withoutFilter(String named) {
        filters.remove(named);
        return this;
    }

    public PortDraft autoApprove(boolean now) {
        autoApprove = now;
        return this;
    }

    public PortDraft pii(boolean now) {
        pii = now;
        return this;
    }

    public PortDraft workflow(Workflow now) {
        workflow = now;
        return this;
    }

    public PortDraft lifecycle(Lifecycle now) {
        lifecycle = now;
        return this;
    }

    public PortDraft suspend(boolean now) {
        suspend = now;
        return this;
    }

    public PortDraft changes(Changes now) {
        changes = now;
        return this;
    }

    OutputPort build() {
        OutputPort port = new OutputPort();
        port.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid(uid)
                .withDeletionTimestamp(beingDeleted ? "2026-11-22T00:00:00Z" : null)
                .build());
        port.setSpec(new OutputPortSpec(
                product,
                null,
                platform,
                hasObjects ? new PostgresqlObjects("shop", schema, tables, rowFilters()) : null,
                null,
                pii,
                autoApprove,
                workflow,
                null,
                lifecycle,
                suspend,
                changes));
        return port;
    }

    private List<RowFilter> rowFilters() {
        return filters.entrySet().stream()
                .map(filter -> new RowFilter(filter.getKey(), filter.getValue()))
                .toList();
    }

    /** What is selected of a port. */
    public static SelectedObjects selected(String rowFilter, String... tables) {
        return new SelectedObjects(Stream.of(tables).map(PortDraft::table).toList(), rowFilter);
    }

    private static Table table(String text) {
        int bracket = text.indexOf('(');
        return bracket < 0
                ? new Table(text, List.of())
                : new Table(
                        text.substring(0, bracket),
                        List.of(text.substring(bracket + 1, text.length() - 1).split(",")));
    }
}

package dev.portcullis.cli.imports;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the Data Product Specification 0.0.1, of dataproduct-specification.com. */
final class ProductSpecification {
    private static final Set<String> POSTGRESQL = Set.of("postgres", "postgresql");

    private ProductSpecification() {}

    /** Empty where it lacks what it has to have, which is said. */
    static Optional<ProductDraft> read(Fields root) {
        root.without("dataProductSpecification");
        Optional<String> id = root.text("id");
        Optional<Fields> info = root.object("info");
        Optional<String> title = info.flatMap(fields -> fields.text("title"));
        if (id.isEmpty() || info.isEmpty() || title.isEmpty()) {
            root.say("id", "a data product has an id, and a title in info");
            return Optional.empty();
        }
        return Optional.of(new ProductDraft(
                root,
                id.get(),
                title.get(),
                info.get().text("owner"),
                info.get().text("description"),
                Optional.empty(),
                Optional.empty(),
                Lifecycles.read(info.get()),
                Optional.empty(),
                Optional.empty(),
                root.texts("tags"),
                root.map("links"),
                root.objects("outputPorts").stream()
                        .flatMap(port -> port(port).stream())
                        .toList()));
    }

    private static Optional<PortDraft> port(Fields fields) {
        Optional<String> id = fields.text("id");
        if (id.isEmpty()) {
            fields.say("id", "an output port has an id: this one is left out");
            return Optional.empty();
        }
        Optional<String> description = fields.text("description");
        // the name for people, who may as well read it where nothing else is said
        Optional<String> words = description.or(() -> fields.text("name"));
        if (id.equals(fields.peekText("name"))) {
            fields.without("name");
        }
        Optional<String> type = fields.text("type");
        Optional<Fields> server = fields.object("server");
        return Optional.of(new PortDraft(
                fields,
                id.get(),
                words,
                type,
                Lifecycles.read(fields),
                fields.flag("containsPii"),
                fields.flag("autoApprove"),
                fields.text("dataContractId").or(() -> fields.text("dataContract")),
                server.map(ProductSpecification::location).orElse(Location.UNKNOWN),
                isPostgresql(type) ? Optional.empty() : object(fields, server)));
    }

    static Location location(Fields server) {
        List<String> tables = Stream.concat(
                        Stream.of(server.text("table"), server.text("view")).flatMap(Optional::stream),
                        server.isList("tables") ? server.texts("tables").stream() : Stream.empty())
                .toList();
        return new Location(server.text("database"), server.text("schema"), tables);
    }

    private static Optional<String> object(Fields fields, Optional<Fields> server) {
        return server.flatMap(given -> given.text("topic").or(() -> given.text("location")))
                .or(() -> fields.text("location"));
    }

    static boolean isPostgresql(Optional<String> type) {
        return type.isEmpty() || POSTGRESQL.contains(type.get().toLowerCase(Locale.ROOT));
    }
}

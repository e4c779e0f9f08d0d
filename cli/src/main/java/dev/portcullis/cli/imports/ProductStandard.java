package dev.portcullis.cli.imports;

import dev.portcullis.api.product.Lifecycle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the Open Data Product Standard v1 of Bitol: 1.0.0, and what 1.1.0 added. */
final class ProductStandard {
    private static final Pattern EXPERT = Pattern.compile("owner|steward|expert", Pattern.CASE_INSENSITIVE);

    private ProductStandard() {}

    /** Empty where it lacks what it has to have, which is said. */
    static Optional<ProductDraft> read(Fields root) {
        root.without("apiVersion", "kind");
        Optional<String> id = root.text("id");
        if (id.isEmpty()) {
            root.say("id", "a data product has an id");
            return Optional.empty();
        }
        Optional<String> name = root.text("name");
        if (name.isEmpty()) {
            root.say("id", "it has no name, so that its id is its title");
        }
        Optional<Fields> description = root.object("description");
        Map<String, String> links = new LinkedHashMap<>();
        links(root, links);
        description.ifPresent(fields -> links(fields, links));
        root.objects("support").forEach(channel -> link(channel, "channel", links));
        Optional<Fields> team = root.isList("team") ? Optional.empty() : root.object("team");
        List<Fields> members = team.map(fields -> fields.objects("members"))
                .orElseGet(() -> root.isList("team") ? root.objects("team") : List.of());
        return Optional.of(new ProductDraft(
                root,
                id.get(),
                name.orElse(id.get()),
                team.flatMap(fields -> fields.text("name")),
                description.flatMap(ProductStandard::words),
                root.text("domain"),
                expert(root, members),
                lifecycle(root),
                description.flatMap(fields -> fields.text("limitations")),
                root.text("version"),
                root.texts("tags"),
                links,
                ports(root)));
    }

    private static Optional<String> words(Fields description) {
        String words = Stream.of(description.text("purpose"), description.text("usage"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("\n"));
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    private static void links(Fields fields, Map<String, String> links) {
        fields.objects("authoritativeDefinitions").forEach(definition -> link(definition, "type", links));
    }

    private static void link(Fields fields, String nameField, Map<String, String> links) {
        Optional<String> name = fields.text(nameField);
        Optional<String> url = fields.text("url");
        if (name.isPresent() && url.isPresent() && links.putIfAbsent(name.get(), url.get()) != null) {
            fields.say("url", "there is another link " + name.get() + ": this one is left out");
        }
    }

    /** Who is a member is the platform team's to say, in a Team. */
    private static Optional<String> expert(Fields root, List<Fields> members) {
        Optional<String> expert = Optional.empty();
        int others = 0;
        for (Fields member : members) {
            boolean knows = member.peekText("role")
                            .filter(role -> EXPERT.matcher(role).find())
                            .isPresent()
                    && member.peekText("dateOut").isEmpty();
            Optional<String> user = member.peekText("username");
            member.withoutAll();
            if (expert.isEmpty() && knows && user.isPresent()) {
                expert = user;
            } else {
                others++;
            }
        }
        if (others > 0) {
            root.say(
                    "team",
                    others + " of its people have no place in a data product: the platform team lists them in a Team");
        }
        return expert;
    }

    private static Optional<Lifecycle> lifecycle(Fields fields) {
        Optional<Lifecycle> status = Lifecycles.read(fields);
        boolean deprecated = fields.flag("deprecated");
        return deprecated && status.filter(Lifecycle.Retired::equals).isEmpty()
                ? Optional.of(Lifecycle.Deprecated)
                : status;
    }

    /** Name and version together are a port's key, unless it has an id. */
    private static List<PortDraft> ports(Fields root) {
        List<Fields> all = root.objects("outputPorts");
        Map<String, Long> names = all.stream()
                .flatMap(port -> port.peekText("name").stream())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        List<PortDraft> ports = new ArrayList<>();
        for (Fields port : all) {
            Optional<String> name = port.peekText("name");
            boolean several =
                    name.filter(given -> names.getOrDefault(given, 1L) > 1).isPresent();
            Optional<String> id = port.text("id")
                    .or(() -> several
                            ? name.map(
                                    given -> given + "-" + port.text("version").orElse(""))
                            : name);
            if (id.isEmpty()) {
                port.say("name", "an output port has a name: this one is left out");
            } else {
                if (id.get().startsWith(name.orElse(id.get()))) {
                    port.without("name");
                }
                ports.add(port(port, id.get()));
            }
        }
        return ports;
    }

    private static PortDraft port(Fields port, String id) {
        Optional<String> type = port.text("type");
        Optional<Fields> server = Optional.empty();
        boolean containsPii = false;
        boolean autoApprove = false;
        for (Fields property : port.objects("customProperties")) {
            // as the Data Product Specification calls them, which has fields for them
            switch (property.peekText("property").orElse("").toLowerCase(Locale.ROOT)) {
                case "server" -> server = property.without("property").object("value");
                case "containspii" -> containsPii = property.without("property").flag("value");
                case "autoapprove" -> autoApprove = property.without("property").flag("value");
                default -> {
                    property.withoutAll();
                    property.say(
                            "property",
                            "custom property " + property.peekText("property").orElse("without a name")
                                    + " has no place in our manifests and is left out");
                }
            }
        }
        return new PortDraft(
                port,
                id,
                // the name for people, who may as well read it where nothing else is said
                port.text("description").or(() -> port.isRead("name") ? Optional.empty() : port.text("name")),
                type,
                port.flag("deprecated") ? Optional.of(Lifecycle.Deprecated) : Optional.empty(),
                containsPii,
                autoApprove,
                port.text("contractId"),
                server.map(ProductSpecification::location).orElse(Location.UNKNOWN),
                ProductSpecification.isPostgresql(type)
                        ? Optional.empty()
                        : server.flatMap(given -> given.text("topic").or(() -> given.text("location"))));
    }
}

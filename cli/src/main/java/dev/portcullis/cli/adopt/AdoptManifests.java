package dev.portcullis.cli.adopt;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.engine.manifest.ManifestKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Writes the manifests: namespaces, a Team of each role that people are members of, products with their ports, and agreements. */
final class AdoptManifests {
    private static final String TEAMS = "";

    private final AdoptRules rules;
    private final List<Offer> offers;
    private final Set<String> namespaces = new LinkedHashSet<>();
    private final List<ObjectNode> teams = new ArrayList<>();
    private final List<ObjectNode> agreements = new ArrayList<>();
    private final Names names = new Names();

    AdoptManifests(AdoptRules rules, List<Offer> offers) {
        this.rules = rules;
        this.offers = offers;
        // a team of a provider's name would have its agreements approved as the provider's own
        offers.forEach(offer -> names.take(TEAMS, offer.namespace()));
        names.take(TEAMS, rules.people());
    }

    List<ObjectNode> of(Collection<Holder> holders) {
        offers.forEach(offer -> namespaces.add(offer.namespace()));
        holders.stream().filter(holder -> !holder.single()).forEach(this::team);
        holders.stream().filter(Holder::single).forEach(this::person);
        List<ObjectNode> manifests = new ArrayList<>();
        namespaces.forEach(namespace -> manifests.add(namespace(namespace)));
        manifests.addAll(teams);
        manifests.addAll(offered());
        manifests.addAll(agreements);
        return manifests;
    }

    /** As lines of spec.exposes. */
    List<String> exposures() {
        SortedMap<String, SortedMap<String, SortedSet<String>>> exposed = new TreeMap<>();
        offers.forEach(offer -> exposed.computeIfAbsent(offer.namespace(), key -> new TreeMap<>())
                .computeIfAbsent(offer.database(), key -> new TreeSet<>())
                .add(offer.schema()));
        List<ObjectNode> lines = new ArrayList<>();
        exposed.forEach((namespace, databases) -> {
            ObjectNode line = instance.objectNode();
            line.putArray("namespaces").add(namespace);
            ArrayNode postgresql = line.putArray("postgresql");
            databases.forEach((database, schemas) -> schemas.forEach(
                    postgresql.addObject().put("database", database).putArray("schemas")::add));
            lines.add(line);
        });
        return lines.stream().map(line -> "- " + line).toList();
    }

    private void team(Holder holder) {
        String team = names.in(TEAMS, holder.role());
        namespaces.add(team);
        ObjectNode manifest = manifest(ManifestKind.TEAM);
        manifest.putObject("metadata").put("name", team);
        ObjectNode spec = manifest.putObject("spec").put("displayName", holder.role());
        spec.putArray("namespaces").add(team);
        ArrayNode members = spec.putArray("members");
        holder.users().forEach(user -> members.addObject().put("user", user));
        teams.add(manifest);
        agreements(holder, team, "team", team, "members of role " + holder.role());
    }

    private void person(Holder holder) {
        namespaces.add(rules.people());
        agreements(holder, rules.people(), "user", holder.users().first(), "login " + holder.role());
    }

    private void agreements(Holder holder, String namespace, String field, String consumer, String who) {
        for (Offer offer : offers) {
            SortedMap<String, SortedSet<String>> held = new TreeMap<>();
            holder.tables().forEach((table, columns) -> {
                if (offer.has(table)) {
                    held.put(table.name(), columns);
                }
            });
            if (!held.isEmpty()) {
                String of = field.equals("user") ? holder.role() + "-" : "";
                String port =
                        offer.name().equals(offer.namespace()) ? offer.name() : offer.namespace() + "-" + offer.name();
                ObjectNode manifest = manifest(ManifestKind.AGREEMENT);
                manifest.putObject("metadata")
                        .put("name", names.in(namespace, of + port))
                        .put("namespace", namespace);
                ObjectNode spec = manifest.putObject("spec");
                spec.put(
                        "purpose",
                        "Adopted: " + who
                                + " could read this before there were agreements. Write here what the data is used for.");
                spec.putObject("provider").put("namespace", offer.namespace()).put("outputPort", offer.name());
                spec.putObject("consumer").put(field, consumer);
                if (!held.equals(offer.tables())) {
                    tables(spec.putObject("select").putArray("tables"), held);
                }
                agreements.add(manifest);
            }
        }
    }

    private List<ObjectNode> offered() {
        Set<String> products = new LinkedHashSet<>();
        return offers.stream()
                .flatMap(offer -> products.add(offer.namespace() + "/" + offer.product())
                        ? Stream.of(product(offer), port(offer))
                        : Stream.of(port(offer)))
                .toList();
    }

    private static ObjectNode product(Offer offer) {
        ObjectNode manifest = manifest(ManifestKind.PRODUCT);
        manifest.putObject("metadata").put("name", offer.product()).put("namespace", offer.namespace());
        manifest.putObject("spec").put("title", "Schema " + offer.schema() + " of database " + offer.database());
        return manifest;
    }

    private ObjectNode port(Offer offer) {
        ObjectNode manifest = manifest(ManifestKind.PORT);
        manifest.putObject("metadata").put("name", offer.name()).put("namespace", offer.namespace());
        ObjectNode spec =
                manifest.putObject("spec").put("dataProduct", offer.product()).put("platform", rules.platform());
        ObjectNode objects =
                spec.putObject("postgresql").put("database", offer.database()).put("schema", offer.schema());
        tables(objects.putArray("tables"), offer.tables());
        return manifest;
    }

    private static void tables(ArrayNode node, Map<String, SortedSet<String>> tables) {
        tables.forEach((name, columns) -> {
            ObjectNode table = node.addObject().put("name", name);
            if (!columns.isEmpty()) {
                columns.forEach(table.putArray("columns")::add);
            }
        });
    }

    private static ObjectNode namespace(String name) {
        ObjectNode manifest = manifest(ManifestKind.NAMESPACE);
        manifest.putObject("metadata").put("name", name);
        return manifest;
    }

    private static ObjectNode manifest(ManifestKind kind) {
        return instance.objectNode().put("apiVersion", kind.apiVersion()).put("kind", kind.word());
    }
}

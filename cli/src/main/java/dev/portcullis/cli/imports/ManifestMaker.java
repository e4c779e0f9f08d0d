package dev.portcullis.cli.imports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.cli.document.Slug;
import dev.portcullis.cli.document.StandardId;
import dev.portcullis.engine.manifest.ManifestKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes manifests of drafts. What does not fit is left out and said, and never cut. */
final class ManifestMaker {
    private static final int LINK_NAME = 63;

    private final Given given;
    private final DataContracts contracts;
    /** Where each is in the documents, by what no two may have. */
    private final Map<String, String> placesOfProducts = new HashMap<>();

    private final Map<String, String> placesOfPorts = new HashMap<>();
    private final Set<String> products = new HashSet<>();
    private final Set<String> ports = new HashSet<>();
    private final List<ObjectNode> manifests = new ArrayList<>();
    private boolean leftOut;

    ManifestMaker(Given given, DataContracts contracts) {
        this.given = given;
        this.contracts = contracts;
    }

    List<ObjectNode> manifests() {
        return List.copyOf(manifests);
    }

    /** Whether a product or a port has no manifest. */
    boolean hasLeftOut() {
        return leftOut;
    }

    void add(ProductDraft draft) {
        Fields fields = draft.fields();
        if (isThereTwice(fields, draft.id(), "data product", draft.id(), placesOfProducts)) {
            return;
        }
        String name = name(products, draft.id(), draft.id(), draft.id());
        ObjectNode spec = manifest(ManifestKind.PRODUCT, name, draft.id());
        put(fields, "title", draft.title(), Bounds.LINE, text -> spec.put("title", text));
        draft.description()
                .ifPresent(text -> put(fields, "description", text, Bounds.TEXT, fit -> spec.put("description", fit)));
        draft.domain().ifPresent(text -> put(fields, "domain", text, Bounds.LINE, fit -> spec.put("domain", fit)));
        draft.team().ifPresent(owner -> team(fields, owner, spec));
        draft.expert()
                .ifPresent(user -> put(fields, "team", user, Bounds.USER, fit -> spec.put("subjectMatterExpert", fit)));
        lifecycle(draft.lifecycle(), spec);
        draft.limitations().ifPresent(text -> terms(draft, text, spec));
        tags(draft, spec);
        links(draft, spec);
        draft.ports().forEach(port -> add(port, name));
    }

    private void add(PortDraft draft, String product) {
        Fields fields = draft.fields();
        if (isThereTwice(fields, draft.id(), "output port", product + "/" + draft.id(), placesOfPorts)) {
            return;
        }
        ObjectNode objects = JsonNodeFactory.instance.objectNode();
        Optional<String> missing =
                ProductSpecification.isPostgresql(draft.type()) ? tables(draft, objects) : external(draft, objects);
        if (missing.isPresent()) {
            leaveOut(fields, "output port " + draft.id() + " is left out: " + missing.get());
            return;
        }
        // products may call their ports alike
        String name = name(ports, draft.id(), product + "-" + draft.id(), product + "/" + draft.id());
        ObjectNode spec = manifest(ManifestKind.PORT, name, draft.id());
        spec.put("dataProduct", product);
        draft.description()
                .ifPresent(text -> put(fields, "description", text, Bounds.TEXT, fit -> spec.put("description", fit)));
        spec.setAll(objects);
        if (draft.containsPii()) {
            spec.put("containsPii", true);
        }
        if (draft.autoApprove()) {
            spec.put("autoApprove", true);
        }
        draft.contract()
                .ifPresent(id -> put(fields, "dataContractId", id, Bounds.LINE, fit -> {
                    ObjectNode contract = spec.putObject("contract").put("id", fit);
                    contracts.version(id).ifPresent(version -> contract.put("version", version));
                }));
        lifecycle(draft.lifecycle(), spec);
    }

    private Optional<String> tables(PortDraft draft, ObjectNode objects) {
        Location location = draft.location()
                .or(draft.contract().map(contracts::location).orElse(Location.UNKNOWN))
                .or(given.location());
        if (given.platform().isEmpty()) {
            return Optional.of("name the DataPlatform that has it by --platform");
        }
        if (!location.isWhole()) {
            return Optional.of(
                    "nothing says its "
                            + String.join(
                                    ", ",
                                    missing(
                                            location.database().isEmpty() ? "database (--database)" : "",
                                            location.schema().isEmpty() ? "schema (--schema)" : "",
                                            location.tables().isEmpty() ? "tables (--table)" : ""))
                            + "; a data contract (ODCS v3) with the same id as its contract, given beside it, would do as well");
        }
        objects.put("platform", given.platform().get());
        ObjectNode postgresql = objects.putObject("postgresql")
                .put("database", location.database().orElseThrow())
                .put("schema", location.schema().orElseThrow());
        ArrayNode tables = postgresql.putArray("tables");
        location.tables().stream()
                .distinct()
                .forEach(table -> tables.addObject().put("name", table));
        return Optional.empty();
    }

    private static List<String> missing(String... words) {
        return List.of(words).stream().filter(word -> !word.isEmpty()).toList();
    }

    private Optional<String> external(PortDraft draft, ObjectNode objects) {
        if (given.externalPlatform().isEmpty()) {
            return Optional.of("its type is " + draft.type().orElse("") + ", and only PostgreSQL is built in: name"
                    + " a DataPlatform of kind external by --external-platform");
        }
        if (draft.object().isEmpty()) {
            return Optional.of("nothing says its object: a topic or location in server");
        }
        objects.put("platform", given.externalPlatform().get());
        objects.putObject("external")
                .putArray("objects")
                .addObject()
                .put("name", draft.object().get());
        return Optional.empty();
    }

    private ObjectNode manifest(ManifestKind kind, String name, String id) {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("apiVersion", kind.apiVersion()).put("kind", kind.word());
        ObjectNode metadata = manifest.putObject("metadata").put("name", name).put("namespace", given.namespace());
        if (!name.equals(id)) {
            metadata.putObject("annotations").put(StandardId.ANNOTATION, id);
        }
        manifests.add(manifest);
        return manifest.putObject("spec");
    }

    private boolean isThereTwice(Fields fields, String id, String what, String key, Map<String, String> places) {
        Optional<String> first = Optional.ofNullable(places.putIfAbsent(key, fields.place()));
        first.ifPresent(place -> leaveOut(
                fields, "there is another " + what + " with the id " + id + " in " + place + ": this one is left out"));
        return first.isPresent();
    }

    /**
     * A name that nothing else has.
     *
     * @param whole what no two have
     */
    private static String name(Set<String> taken, String id, String longer, String whole) {
        String name = Stream.of(id, longer)
                .flatMap(candidate -> Slug.of(candidate).stream())
                .filter(slug -> !taken.contains(slug))
                .findFirst()
                .orElseGet(() -> Slug.distinct(whole));
        taken.add(name);
        return name;
    }

    private static void team(Fields fields, String owner, ObjectNode spec) {
        if (owner.length() <= Bounds.NAME && owner.matches(Bounds.LABEL_PATTERN)) {
            spec.put("team", owner);
        } else {
            fields.say(
                    "owner",
                    "its owner " + owner + " is not called as a Team can be: write the Team's name to spec.team, where"
                            + " the namespace acts for several");
        }
    }

    private void terms(ProductDraft draft, String text, ObjectNode spec) {
        Optional<String> revision = draft.version().or(given::termsRevision);
        if (revision.isEmpty() || revision.get().length() > Bounds.NAME) {
            draft.fields()
                    .say(
                            "description",
                            "its limitations become terms that everybody who asks has to accept, and terms have a"
                                    + " revision of at most " + Bounds.NAME
                                    + " characters: name one by --terms-revision");
            return;
        }
        put(
                draft.fields(),
                "description",
                text,
                Bounds.TERMS,
                fit -> spec.putObject("terms").put("revision", revision.get()).put("text", fit));
    }

    private static void lifecycle(Optional<Lifecycle> lifecycle, ObjectNode spec) {
        lifecycle.filter(word -> word != Lifecycle.Active).ifPresent(word -> spec.put("lifecycle", word.name()));
    }

    private static void tags(ProductDraft draft, ObjectNode spec) {
        List<String> fit = draft.tags().stream()
                .distinct()
                .filter(tag -> tag.length() <= Bounds.NAME)
                .limit(Bounds.LIST)
                .toList();
        if (fit.size() < draft.tags().size()) {
            draft.fields()
                    .say(
                            "tags",
                            draft.tags().size() - fit.size() + " of its tags are left out: there are at most "
                                    + Bounds.LIST + ", each once and with " + Bounds.NAME + " characters");
        }
        if (!fit.isEmpty()) {
            fit.forEach(spec.putArray("tags")::add);
        }
    }

    private static void links(ProductDraft draft, ObjectNode spec) {
        ObjectNode links = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, String> link : draft.links().entrySet()) {
            if (links.size() < Bounds.LIST
                    && !link.getKey().isEmpty()
                    && link.getKey().length() <= LINK_NAME
                    && link.getValue().length() <= Bounds.LINK) {
                links.put(link.getKey(), link.getValue());
            } else {
                draft.fields()
                        .say(
                                "links",
                                "the link " + link.getKey() + " is left out: there are at most " + Bounds.LIST
                                        + ", with names of " + LINK_NAME + " characters");
            }
        }
        if (!links.isEmpty()) {
            spec.set("links", links);
        }
    }

    private static void put(Fields fields, String name, String text, int most, Consumer<String> place) {
        if (text.length() <= most) {
            place.accept(text);
        } else {
            fields.say(name, name + " has more than " + most + " characters and is left out");
        }
    }

    private void leaveOut(Fields fields, String message) {
        leftOut = true;
        fields.say("id", message);
    }
}

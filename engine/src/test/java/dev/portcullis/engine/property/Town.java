package dev.portcullis.engine.property;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import dev.portcullis.engine.given.PortDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** A mesh with agreements of every kind, and the events that may befall it. */
final class Town {
    private static final List<String> TABLES =
            List.of("orders", "order_items(order_id,sku)", "order_items", "customers");
    private static final List<String> USERS = List.of(People.TAYLOR, People.QUINN, People.RILEY, People.OTTO);

    final Mesh mesh = Mesh.standard();
    final Map<String, Case> agreements = new LinkedHashMap<>();

    /** Something that happens. Events of one track happen in their order; who writes to different objects is not ordered. */
    record Event(String track, String text, Consumer<Town> effect) {
        @Override
        public String toString() {
            return track + " " + text;
        }
    }

    private Town() {
        mesh.team("bi").namespaces("bi").members(People.RILEY).asOnePrincipal();
        agreements.put("for a member", mesh.request().until("2027-03-31"));
        agreements.put("for a stranger", mesh.request().forUser(People.RILEY).from("2026-12-15"));
        agreements.put("for a product", mesh.request().forProduct("churn"));
        agreements.put(
                "for a team's members", mesh.request().forWholeTeam("marketing").until("2027-01-15"));
        agreements.put("for a team as one", mesh.requestFrom("bi").forWholeTeam("bi"));
        agreements.put(
                "inside the team",
                mesh.requestFrom("checkout").requestedBy(People.OLGA).forUser(People.OTTO));
    }

    /** Nothing is decided yet but inside the team. */
    static Town asking() {
        Town town = new Town();
        town.look();
        return town;
    }

    /** All is approved. */
    static Town approved() {
        Town town = asking();
        town.agreements.values().stream()
                .filter(agreement -> agreement.phase() == Phase.Requested)
                .forEach(agreement -> agreement.decided("approved", People.OLGA));
        return town.settle();
    }

    Town look() {
        agreements.values().forEach(Case::look);
        return this;
    }

    Town settle() {
        agreements.values().forEach(Case::settle);
        return this;
    }

    void happen(Event event) {
        event.effect().accept(this);
    }

    // ---- what may happen

    /** What changes access and can be undone, or ends it; not what decides. */
    static Arbitrary<List<Event>> life() {
        return Arbitraries.frequencyOf(
                        of(6, port()),
                        of(3, product()),
                        of(2, platform()),
                        of(3, team()),
                        of(4, consumer()),
                        of(2, clock()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    /** All of that, and people who write all sorts of decisions, and what breaks. */
    static Arbitrary<List<Event>> anything() {
        return Arbitraries.frequencyOf(
                        of(6, port()),
                        of(3, product()),
                        of(2, platform()),
                        of(3, team()),
                        of(3, consumer()),
                        of(2, clock()),
                        of(8, decision()),
                        of(3, trouble()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(15);
    }

    private static Tuple.Tuple2<Integer, Arbitrary<? extends Event>> of(int weight, Arbitrary<Event> events) {
        return Tuple.of(weight, events);
    }

    static Arbitrary<List<String>> tables() {
        return Arbitraries.of(TABLES)
                .set()
                .ofMinSize(1)
                .map(List::copyOf)
                .filter(set -> !set.contains("order_items") || !set.contains("order_items(order_id,sku)"));
    }

    private static Arbitrary<Event> port() {
        return Arbitraries.frequencyOf(
                of(2, flag().map(on -> onPort("suspend " + on, port -> port.suspend(on)))),
                of(2, Arbitraries.of(Lifecycle.class).map(to -> onPort("is " + to, port -> port.lifecycle(to)))),
                of(4, tables().map(set -> onPort("offers " + set, port -> port.tables(set.toArray(String[]::new))))),
                of(1, flag().map(on -> onPort("autoApprove " + on, port -> port.autoApprove(on)))),
                of(1, Arbitraries.of(Workflow.class).map(to -> onPort("workflow " + to, port -> port.workflow(to)))),
                of(1, Arbitraries.just(new Event("port", "deleted", town -> town.mesh.withoutPort()))),
                of(1, Arbitraries.just(new Event("port", "created anew", town -> town.mesh.recreatePort()))));
    }

    private static Event onPort(String text, Consumer<PortDraft> change) {
        return new Event("port", text, town -> town.mesh.ifPort(change));
    }

    private static Arbitrary<Event> product() {
        return Arbitraries.oneOf(
                flag().map(on -> new Event(
                        "product", "suspend " + on, town -> town.mesh.product().suspend(on))),
                Arbitraries.of(Lifecycle.class)
                        .map(to -> new Event(
                                "product",
                                "is " + to,
                                town -> town.mesh.product().lifecycle(to))));
    }

    private static Arbitrary<Event> platform() {
        return flag().map(on -> new Event("platform", "exposes " + on, town -> {
            town.mesh.platform().exposesNothing();
            if (on) {
                town.mesh.platform().exposes("checkout", "shop", "sales");
            }
        }));
    }

    private static Arbitrary<Event> team() {
        return Arbitraries.oneOf(
                users().map(set -> new Event(
                        "team marketing",
                        "lists " + set,
                        town -> town.mesh.team("marketing").members(set))),
                users().map(set -> new Event(
                        "team checkout",
                        "lists " + set,
                        town -> town.mesh.team("checkout").members(set))));
    }

    private static Arbitrary<String[]> users() {
        return Arbitraries.of(USERS).set().map(set -> set.toArray(String[]::new));
    }

    private static Arbitrary<Event> consumer() {
        return names().flatMap(name -> Arbitraries.frequencyOf(
                of(
                        4,
                        flag().map(on -> new Event(
                                name,
                                "suspend " + on,
                                town -> town.agreements.get(name).suspend(on)))),
                of(
                        1,
                        Arbitraries.just(new Event(
                                name,
                                "cancelled",
                                town -> town.agreements.get(name).cancel()))),
                of(
                        1,
                        Arbitraries.just(new Event(
                                name,
                                "revoked",
                                town -> town.agreements.get(name).decided("revoked", People.OTTO))))));
    }

    private static Arbitrary<Event> decision() {
        Arbitrary<String> words = Arbitraries.of("approved", "rejected", "revoked", "garbage");
        Arbitrary<String> deciders = Arbitraries.of(People.OLGA, People.OTTO, People.TAYLOR, People.RILEY);
        return names().flatMap(name -> words.flatMap(word -> deciders.map(by -> new Event(
                name, word + " by " + by, town -> town.agreements.get(name).decided(word, by)))));
    }

    private static Arbitrary<Event> trouble() {
        return Arbitraries.oneOf(
                flag().map(whole -> new Event(
                        "guard",
                        "whole " + whole,
                        town -> town.mesh.guard(
                                whole
                                        ? new Guard.Whole(town.mesh.now().minusSeconds(86400))
                                        : new Guard.Broken("a policy is missing")))),
                Arbitraries.of(USERS)
                        .map(user -> new Event("platform", "misses " + user, town -> town.mesh.platformMisses(user))),
                Arbitraries.of(USERS)
                        .map(user -> new Event("platform", "knows " + user, town -> town.mesh.platformKnows(user))),
                Arbitraries.of("name", "name.split('@')[0]", "name.", "name.split('@')[9]")
                        .map(rule -> new Event(
                                "platform",
                                "calls users " + rule,
                                town -> town.mesh.platform().callsUsers(rule))),
                Arbitraries.of("marketing", "checkout")
                        .map(name -> new Event("team " + name, "is gone", town -> town.mesh.withoutTeam(name))),
                Arbitraries.of("marketing", "checkout")
                        .map(name -> new Event(
                                "team " + name,
                                "is back",
                                town -> town.mesh.team(name).namespaces(name))));
    }

    private static Arbitrary<Event> clock() {
        return Arbitraries.integers()
                .between(1, 60)
                .map(days -> new Event("clock", "+" + days + " days", town -> town.mesh.later(Duration.ofDays(days))));
    }

    private static Arbitrary<Boolean> flag() {
        return Arbitraries.of(true, false);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.of(new Town().agreements.keySet());
    }

    // ---- in another order

    /** The same events, each track's in its order, the tracks mixed anew. */
    static List<Event> mixed(List<Event> events, Random random) {
        Map<String, List<Event>> tracks = new LinkedHashMap<>();
        events.forEach(event -> tracks.computeIfAbsent(event.track(), track -> new ArrayList<>())
                .add(event));
        List<Event> mixed = new ArrayList<>();
        while (!tracks.isEmpty()) {
            List<String> names = List.copyOf(tracks.keySet());
            String track = names.get(random.nextInt(names.size()));
            mixed.add(tracks.get(track).remove(0));
            if (tracks.get(track).isEmpty()) {
                tracks.remove(track);
            }
        }
        return mixed;
    }
}

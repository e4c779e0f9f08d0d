package dev.portcullis.benchmark.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who must have access when everything has settled, and who may have it at a moment. What gives access is told to it before it is done, and what takes it away after it was
 * done: so that the time in between counts for the operator. Safe for use by several threads.
 */
final class Model {
    private final Supplier<Duration> quiet;
    private final Map<String, PortModel> ports = new LinkedHashMap<>();
    private final Map<String, TeamModel> teams = new HashMap<>();
    private final Map<String, AgreementModel> agreements = new LinkedHashMap<>();
    private final Map<String, Lately> rejected = new HashMap<>();
    private final Map<Cell, Justified> justified = new HashMap<>();
    private final Map<Cell, Duration> excused = new HashMap<>();

    /** When an access was explained last, in quiet time and by the clock. */
    record Justified(Duration quiet, Instant at) {}

    /** {@code quiet} is the time that counts against bounds: {@link QuietClock#now}. */
    Model(Supplier<Duration> quiet, Map<String, ? extends Collection<String>> members, Collection<String> portNames) {
        this.quiet = quiet;
        members.forEach((namespace, logins) -> teams.put(namespace, new TeamModel(quiet, logins)));
        portNames.forEach(name -> ports.put(name, new PortModel(name, quiet)));
    }

    PortModel port(String name) {
        return known(ports, name);
    }

    Collection<PortModel> ports() {
        return ports.values();
    }

    TeamModel team(String namespace) {
        return known(teams, namespace);
    }

    synchronized List<AgreementModel> agreements() {
        return List.copyOf(agreements.values());
    }

    synchronized AgreementModel agreement(String name) {
        return known(agreements, name);
    }

    /** Whether a policy rejects requests of a colour. */
    Lately rejects(String colour) {
        return rejected.computeIfAbsent(colour, any -> new Lately(quiet));
    }

    /** A change of the model, after which it is looked at who may have access. */
    synchronized void change(Runnable change) {
        explain(Instant.now());
        Set<Cell> awaited = awaited(Instant.now());
        change.run();
        agreements.values().forEach(this::judge);
        explain(Instant.now());
        // whoever has not heard of it yet still lets begin what would have begun, in its time or as the port opens
        // again
        awaited.removeAll(awaited(Instant.now()));
        Justified now = new Justified(quiet.get(), Instant.now());
        awaited.forEach(cell -> justified.put(cell, now));
    }

    void add(AgreementModel agreement) {
        agreements.put(agreement.name, agreement);
        agreement.offers.addAll(port(agreement.port).offered());
        judge(agreement);
        // for a moment it may give what the port offered until just now: who judges it need not have heard yet
        Justified now = new Justified(quiet.get(), Instant.now());
        cells(agreement, one -> one.runs(now.at()) && isOpen(one), column -> true)
                .forEach(cell -> justified.put(cell, now));
    }

    /** It was never asked for, or is gone for good. */
    void remove(AgreementModel agreement) {
        agreements.remove(agreement.name);
    }

    /** Another offer of a port; who has not been judged yet may be judged by it. */
    void offer(PortModel port, Set<String> columns) {
        port.offers(columns);
        Offer offer = new Offer(port.incarnation, columns);
        agreements.values().stream()
                .filter(agreement -> agreement.port.equals(port.name) && !agreement.decided)
                .forEach(agreement -> agreement.offers.add(offer));
    }

    /** Somebody gives access by hand: until when that is to be found out. */
    synchronized void excuse(Cell cell, Duration time) {
        excused.put(cell, quiet.get().plus(time));
    }

    /** What rules may do to a request as everything is or lately was. */
    private void judge(AgreementModel agreement) {
        if (agreement.decided || agreement.over(Instant.now())) {
            return;
        }
        PortModel port = port(agreement.port);
        if (agreement.beneficiary instanceof Beneficiary.Person person) {
            Lately member = team(agreement.namespace).member(person.login());
            agreement.mayHaveBeenMember |= member.maybe(true);
            agreement.mayHaveBeenStranger |= member.maybe(false);
        }
        if (port.there.maybe(true)) {
            agreement.policiesMayLetItPass |= rejects(agreement.colour).maybe(false);
            agreement.ruleMayApprove |=
                    agreement.policiesMayLetItPass && (port.autoApprove.maybe(true) || mayBeInside(agreement));
            agreement.ruleMayReject |= rejects(agreement.colour).maybe(true);
        }
    }

    /** Whether it is a team's own use of its port, by a member. */
    private boolean mayBeInside(AgreementModel agreement) {
        return agreement.namespace.equals(Mesh.PROVIDER)
                && (agreement.beneficiary instanceof Beneficiary.Team || agreement.mayHaveBeenMember);
    }

    private void explain(Instant at) {
        Duration now = quiet.get();
        may(at).forEach(cell -> justified.put(cell, new Justified(now, at)));
    }

    /** Who may have access now, by anything that may have happened. */
    synchronized Set<Cell> may(Instant at) {
        return may(agreement -> agreement.runs(at) && isOpen(agreement));
    }

    /** Who may have access, or get it when its time comes or its port is not suspended any more. */
    private Set<Cell> awaited(Instant at) {
        return may(agreement -> agreement.isUndisturbed(at));
    }

    private boolean isOpen(AgreementModel agreement) {
        return !port(agreement.port).suspended;
    }

    private Set<Cell> may(Predicate<AgreementModel> counts) {
        Set<Cell> cells = new HashSet<>();
        for (AgreementModel agreement : agreements.values()) {
            cells.addAll(cells(agreement, counts, port(agreement.port).columns::contains));
        }
        return cells;
    }

    /** What it may give, of columns that the port offers or may be believed to. */
    private Set<Cell> cells(AgreementModel agreement, Predicate<AgreementModel> counts, Predicate<String> offers) {
        PortModel port = port(agreement.port);
        if (!agreement.mayBeApproved() || !counts.test(agreement) || !port.there.isNow()) {
            return Set.of();
        }
        Set<String> columns = agreement.offers.stream()
                .filter(offer -> offer.incarnation() == port.incarnation)
                .flatMap(offer -> offer.columns().stream())
                .filter(offers)
                .collect(Collectors.toSet());
        return logins(agreement, !agreement.mayHaveBeenStranger).stream()
                .flatMap(login -> columns.stream().map(column -> new Cell(login, port.name, column)))
                .collect(Collectors.toSet());
    }

    private Set<String> logins(AgreementModel agreement, boolean asMember) {
        Set<String> members = team(agreement.namespace).members();
        if (agreement.beneficiary instanceof Beneficiary.Person person) {
            return asMember && !members.contains(person.login()) ? Set.of() : Set.of(person.login());
        }
        return members;
    }

    /** When this access was explained last; null where it never was. */
    synchronized @Nullable Justified lastExplained(Cell cell) {
        explain(Instant.now());
        return justified.get(cell);
    }

    /** Whether it was given by hand, and need not have been found out yet. */
    synchronized boolean isExcused(Cell cell) {
        Duration until = excused.get(cell);
        return until != null && quiet.get().compareTo(until) < 0;
    }

    /** Who must have access by what the operator has told, and nobody else. */
    synchronized Set<Cell> wanted(Map<String, Told> told, Instant at) {
        Set<Cell> cells = new HashSet<>();
        agreements.forEach((name, agreement) -> {
            Told its = told.get(name);
            PortModel port = port(agreement.port);
            if (its != null
                    && its.approval() == Told.Approval.APPROVED
                    && agreement.runs(at)
                    && port.there.isNow()
                    && !port.suspended
                    && java.util.Objects.equals(its.portUid(), port.uid())) {
                for (String login : logins(agreement, Boolean.TRUE.equals(its.wasMember()))) {
                    its.columns().stream()
                            .filter(port.columns::contains)
                            .forEach(column -> cells.add(new Cell(login, port.name, column)));
                }
            }
        });
        return cells;
    }

    /** Where what the operator has told cannot be, or not any more when everything has settled; by the agreement's name. */
    synchronized Map<String, String> contradictions(Map<String, Told> told, Instant at) {
        Map<String, String> found = new LinkedHashMap<>();
        agreements.forEach((name, agreement) -> {
            Told its = told.get(name);
            List<String> wrong = new ArrayList<>();
            if (agreement.deleted) {
                wrong.addAll(its == null ? List.of() : List.of("it is still there after its deletion"));
            } else if (its == null) {
                wrong.add("it has no status, or is gone");
            } else {
                wrong.addAll(wrong(agreement, its, at));
            }
            if (!wrong.isEmpty()) {
                found.put(name, String.join("; ", wrong));
            }
        });
        return found;
    }

    private List<String> wrong(AgreementModel agreement, Told its, Instant at) {
        List<String> wrong = new ArrayList<>();
        PortModel port = port(agreement.port);
        switch (its.approval()) {
            case APPROVED -> {
                if (!agreement.mayBeApproved()) {
                    wrong.add("approved, and nobody and no rule may have approved it");
                }
                String uid = its.portUid();
                if (uid == null || !agreement.offers.contains(new Offer(port.incarnationOf(uid), its.columns()))) {
                    wrong.add("judged by " + its.columns() + " of " + uid + ", which is none of " + agreement.offers);
                }
                Boolean member = its.wasMember();
                if (member != null
                        && agreement.beneficiary instanceof Beneficiary.Person
                        && !(member ? agreement.mayHaveBeenMember : agreement.mayHaveBeenStranger)) {
                    wrong.add("wasMember is " + member + ", which it never was");
                }
                if (agreement.runs(at)
                        && wanted(Map.of(agreement.name, its), at).isEmpty()
                                == its.phase().equals("Active")) {
                    wrong.add("its phase is " + its.phase());
                }
            }
            case REJECTED -> {
                if (agreement.rejections == 0 && !agreement.ruleMayReject) {
                    wrong.add("rejected, and nobody and no policy may have rejected it");
                }
            }
            case OPEN -> {
                boolean ofThisPort = its.portUid() == null || its.portUid().equals(port.uid());
                if (ofThisPort && mustBeDecided(agreement, port) && !agreement.over(at)) {
                    wrong.add("not decided");
                }
            }
        }
        return wrong;
    }

    private boolean mustBeDecided(AgreementModel agreement, PortModel port) {
        boolean inside = agreement.namespace.equals(Mesh.PROVIDER)
                && (!(agreement.beneficiary instanceof Beneficiary.Person person)
                        || team(agreement.namespace).member(person.login()).isNow());
        boolean byRule = port.there.isNow() && (port.autoApprove.isNow() || inside);
        return byRule || (port.there.isNow() && agreement.voted);
    }

    /** Everything has settled, and this is how: from now on only this is possible. */
    synchronized void learn(Map<String, Told> told) {
        change(() -> {
            ports.values().forEach(PortModel::everybodyKnows);
            agreements.values().removeIf(agreement -> agreement.deleted);
            agreements.forEach((name, agreement) -> {
                Told its = told.get(name);
                if (its != null && !agreement.decided) {
                    learn(agreement, its);
                }
            });
        });
    }

    private void learn(AgreementModel agreement, Told its) {
        PortModel port = port(agreement.port);
        String uid = its.portUid();
        agreement.offers.clear();
        agreement.offers.addAll(
                uid == null ? port.offered() : Set.of(new Offer(port.incarnationOf(uid), its.columns())));
        boolean approved = its.approval() == Told.Approval.APPROVED;
        agreement.decided = its.approval() != Told.Approval.OPEN;
        agreement.ruleMayApprove = approved;
        agreement.approvals = approved ? 1 : agreement.approvals;
        agreement.ruleMayReject = !approved && agreement.decided;
        agreement.policiesMayLetItPass |= uid != null && !agreement.ruleMayReject;
        agreement.rejections = 0;
        Boolean member = its.wasMember();
        if (member != null) {
            agreement.mayHaveBeenMember = member;
            agreement.mayHaveBeenStranger = !member;
        }
    }

    private static <T> T known(Map<String, T> all, String name) {
        T it = all.get(name);
        if (it == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return it;
    }
}

package dev.portcullis.operator.given;

import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.api.port.RowFilter;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.LoginSecrets;
import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformConnector;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Result;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Selected;
import dev.portcullis.platform.Server;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.Way;
import dev.portcullis.platform.postgresql.PostgresqlModule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A platform in memory: roles by port and profile, with their members. It can be down, hang, refuse and fail as a test tells it to; what is
 * pure of profiles it leaves to the PostgreSQL module.
 */
public final class MemoryPlatform implements PlatformConnector {
    /** One role. */
    public record Role(String portUid, String profile) {}

    /** Grants or revokes one membership. */
    public record Membership(Effect effect, Role role, String name) implements Change {
        @Override
        public String portUid() {
            return role.portUid();
        }

        @Override
        public Optional<Principal> principal() {
            return Optional.of(new Principal(name));
        }

        @Override
        public String describe() {
            return effect + " " + role.portUid() + " " + name;
        }
    }

    /** Ends somebody's sessions. */
    public record EndSessions(Role role, String name) implements Change {
        @Override
        public Effect effect() {
            return Effect.REVOKE;
        }

        @Override
        public String portUid() {
            return role.portUid();
        }

        @Override
        public Optional<Principal> principal() {
            return Optional.of(new Principal(name));
        }

        @Override
        public String describe() {
            return "end sessions of " + name;
        }
    }

    private final Map<Role, Set<Principal>> roles = new ConcurrentHashMap<>();
    private final Set<String> connected = ConcurrentHashMap.newKeySet();
    private final List<String> disconnected = java.util.Collections.synchronizedList(new ArrayList<>());
    private volatile boolean endsNoSessions;
    private volatile boolean diesBeforeSessions;
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> foreign = ConcurrentHashMap.newKeySet();
    private final Set<String> byOthers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger sessions = new AtomicInteger();
    private final List<String> executed = java.util.Collections.synchronizedList(new ArrayList<>());
    private final List<Scope> observations = java.util.Collections.synchronizedList(new ArrayList<>());
    private volatile Optional<PlatformUnavailableException.Reason> outage = Optional.empty();
    private volatile Optional<PlatformUnavailableException> lost = Optional.empty();
    private volatile String identity = "";
    private final Map<String, List<Way>> ways = new ConcurrentHashMap<>();
    private volatile boolean waysHidden;
    private volatile Optional<CountDownLatch> waysHold = Optional.empty();
    private volatile boolean waysBroken;
    private final AtomicInteger searches = new AtomicInteger();
    private volatile int endedAskedFor;
    private volatile boolean goesDownAfterChanges;
    private volatile boolean failing;
    private volatile boolean dying;
    private volatile boolean failsToClose;
    private volatile Optional<CountDownLatch> hold = Optional.empty();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    // ---- what a test does to it

    public void isDown(PlatformUnavailableException.Reason reason) {
        outage = Optional.of(reason);
    }

    /** Once: nobody can read what the next changes came to. */
    public void goesDownAfterChanges() {
        goesDownAfterChanges = true;
    }

    public void isUp() {
        outage = Optional.empty();
        failing = false;
    }

    /** From now on this server is behind the name; sessions with another one end. */
    public void isServer(String now) {
        identity = now;
    }

    /** A part of it is lost whenever it is observed. */
    public void isPartlyLost(boolean now) {
        lost = now
                ? Optional.of(new PlatformUnavailableException(
                        PlatformUnavailableException.Reason.ServerError, "a database has no connection left"))
                : Optional.empty();
    }

    /** Every observation throws a RuntimeException from now on. */
    public void isBroken() {
        failing = true;
    }

    /** Whoever observes it from now on is interrupted, which ends a thread without a sound. */
    public void isDeadly() {
        dying = true;
    }

    public void failsToClose() {
        failsToClose = true;
    }

    /** Everything that is executed waits for the latch. */
    public CountDownLatch hangs() {
        CountDownLatch latch = new CountDownLatch(1);
        hold = Optional.of(latch);
        return latch;
    }

    public void doesNotKnow(String principal) {
        unknown.add(principal);
    }

    public void knows(String principal) {
        unknown.remove(principal);
    }

    /** Changes of this principal are refused. */
    public void refuses(String principal) {
        refused.add(principal);
    }

    public void refusesNot(String principal) {
        refused.remove(principal);
    }

    /** Whatever this principal has was granted by somebody else and cannot be taken away. */
    public void cannotTakeFrom(String principal) {
        foreign.add(principal);
    }

    /** Whatever this principal has was granted by somebody else, and can be taken away all the same. */
    public void isMemberByOthers(String principal) {
        byOthers.add(principal);
    }

    /** The principal opens a session. */
    public void connects(String principal) {
        connected.add(principal);
    }

    /** The operator may not end sessions. */
    public void endsNoSessions() {
        endsNoSessions = true;
    }

    /** Whether it is lost right before it would end sessions. */
    public void diesBeforeSessions(boolean now) {
        diesBeforeSessions = now;
    }

    /** As a person would by hand. */
    public void add(String portUid, Profile profile, String principal) {
        members(new Role(portUid, profile.canonical())).add(new Principal(principal));
    }

    public void remove(String portUid, String principal) {
        roles.forEach((role, members) -> {
            if (role.portUid().equals(portUid)) {
                members.remove(new Principal(principal));
            }
        });
    }

    /** Others let this principal read whatever it is asked about. */
    public void letsRead(String principal, Way... by) {
        ways.put(principal, List.of(by));
    }

    /** What others let people read cannot be found out. */
    public void hidesWays(boolean now) {
        waysHidden = now;
    }

    /** Every search for what others let people read waits for the latch. */
    public CountDownLatch searchesHang() {
        CountDownLatch latch = new CountDownLatch(1);
        waysHold = Optional.of(latch);
        return latch;
    }

    /** There is a mistake in what looks for what others let people read. */
    public void breaksWays() {
        waysBroken = true;
    }

    /** How often it was looked for what others let people read. */
    public int searches() {
        return searches.get();
    }

    /** Of how many ended entitlements was asked last. */
    public int endedAskedFor() {
        return endedAskedFor;
    }

    // ---- what a test sees of it

    public Set<String> members(String portUid) {
        return roles.entrySet().stream()
                .filter(role -> role.getKey().portUid().equals(portUid))
                .flatMap(role -> role.getValue().stream())
                .map(Principal::name)
                .collect(Collectors.toSet());
    }

    /** How many memberships one port has. */
    public int entitlements(String portUid) {
        return roles.entrySet().stream()
                .filter(role -> role.getKey().portUid().equals(portUid))
                .mapToInt(role -> role.getValue().size())
                .sum();
    }

    /** Whose sessions were ended, one after the other. */
    public List<String> disconnected() {
        return List.copyOf(disconnected);
    }

    public int sessionsOpened() {
        return sessions.get();
    }

    public int sessionsClosed() {
        return closed.get();
    }

    /** How many calls wait for the latch now. */
    public int hanging() {
        return held.get();
    }

    /** Everything that was to be done, in order, each as {@code GRANT port-1 taylor}. */
    public List<String> executed() {
        return List.copyOf(executed);
    }

    public List<Scope> observations() {
        return List.copyOf(observations);
    }

    // ---- what it is

    private Set<Principal> members(Role role) {
        return roles.computeIfAbsent(role, key -> ConcurrentHashMap.newKeySet());
    }

    @Override
    public PlatformModule module() {
        return new Module();
    }

    @Override
    public PlatformSession open(DataPlatformSpec platform, Owner owner, Credentials credentials) {
        sessions.incrementAndGet();
        return new Session();
    }

    private final class Session implements PlatformSession {
        private final String pinned = identity;

        @Override
        public Server server() throws PlatformUnavailableException {
            check();
            return new Server("16.4", pinned);
        }

        @Override
        public Observed observe(Scope scope, Set<Entitlement> entitlements) throws PlatformUnavailableException {
            check();
            observations.add(scope);
            Map<Role, Set<Principal>> seen = new HashMap<>();
            roles.forEach((role, members) -> {
                if (scope.covers(role.portUid()) && !members.isEmpty()) {
                    seen.put(role, Set.copyOf(members));
                }
            });
            return new Seen(
                    seen,
                    Set.copyOf(unknown),
                    Set.copyOf(foreign),
                    Set.copyOf(byOthers),
                    Set.copyOf(connected),
                    !endsNoSessions,
                    lost);
        }

        @Override
        public Map<Profile, ObjectsFound> look(Set<Profile> profiles) throws PlatformUnavailableException {
            check();
            return profiles.stream()
                    .collect(Collectors.toMap(
                            profile -> profile, profile -> new ObjectsFound("the same", Optional.empty())));
        }

        @Override
        public Map<Entitlement, List<Way>> ways(Set<Entitlement> agreed, Set<Entitlement> ended)
                throws PlatformUnavailableException {
            endedAskedFor = ended.size();
            searches.incrementAndGet();
            waitFor(waysHold);
            if (waysBroken) {
                throw new IllegalStateException("a mistake in the program");
            }
            if (waysHidden) {
                throw new PlatformUnavailableException(
                        PlatformUnavailableException.Reason.ServerError,
                        "canceling statement due to statement timeout");
            }
            Map<Entitlement, List<Way>> found = new HashMap<>();
            Stream.concat(agreed.stream(), ended.stream())
                    .forEach(entitlement -> found.put(
                            entitlement,
                            ways.getOrDefault(entitlement.principal().name(), List.of())));
            return found;
        }

        @Override
        public List<Result> execute(List<Change> changes) throws PlatformUnavailableException {
            waitFor(hold);
            check();
            List<Result> results = new ArrayList<>();
            for (Change change : changes) {
                if (change instanceof EndSessions && diesBeforeSessions) {
                    throw new PlatformUnavailableException(
                            PlatformUnavailableException.Reason.Unreachable, "lost before the sessions were ended");
                }
                executed.add(change.describe());
                results.add(execute(change));
            }
            if (goesDownAfterChanges) {
                goesDownAfterChanges = false;
                isDown(PlatformUnavailableException.Reason.Unreachable);
            }
            return results;
        }

        private Result end(EndSessions end) {
            if (endsNoSessions && connected.contains(end.name())) {
                return new Result(
                        end,
                        new Outcome.Refused(
                                Plan.Reason.SessionsMayRemain, "sessions of " + end.name() + " may go on reading"));
            }
            if (connected.remove(end.name())) {
                disconnected.add(end.name());
            }
            return new Result(end, new Outcome.Applied());
        }

        private Result execute(Change change) {
            if (change instanceof EndSessions end) {
                return end(end);
            }
            Membership membership = (Membership) change;
            if (refused.contains(membership.name())) {
                return new Result(change, new Outcome.Refused(Plan.Reason.NotApplied, "the platform said no"));
            }
            Set<Principal> members = members(membership.role());
            if (membership.effect() == Change.Effect.GRANT) {
                members.add(new Principal(membership.name()));
            } else {
                members.remove(new Principal(membership.name()));
            }
            return new Result(change, new Outcome.Applied());
        }

        private void waitFor(Optional<CountDownLatch> one) {
            one.ifPresent(latch -> {
                held.incrementAndGet();
                boolean interrupted = false;
                while (true) {
                    // a statement on the wire does not end because somebody wants it to
                    try {
                        latch.await();
                        break;
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                held.decrementAndGet();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        private void check() throws PlatformUnavailableException {
            if (dying) {
                Thread.currentThread().interrupt();
            }
            if (failing) {
                throw new IllegalStateException("a mistake in the program");
            }
            if (!pinned.equals(identity)) {
                throw new PlatformUnavailableException(
                        PlatformUnavailableException.Reason.ServerChanged, "another server answers");
            }
            if (outage.isPresent()) {
                throw new PlatformUnavailableException(outage.get(), "the platform does not answer");
            }
        }

        @Override
        public void close() {
            closed.incrementAndGet();
            if (failsToClose) {
                throw new IllegalStateException("cannot be closed");
            }
        }
    }

    /** What was observed at one moment. */
    public record Seen(
            Map<Role, Set<Principal>> roles,
            Set<String> unknown,
            Set<String> foreign,
            Set<String> byOthers,
            Set<String> connected,
            boolean endsSessions,
            Optional<PlatformUnavailableException> lost)
            implements Observed {
        @Override
        public Optional<PlatformUnavailableException> outage() {
            return lost;
        }

        @Override
        public int entitlements() {
            return roles.values().stream().mapToInt(Set::size).sum();
        }

        @Override
        public Map<String, Integer> entitlementsByPort() {
            return roles.entrySet().stream()
                    .collect(Collectors.toMap(
                            role -> role.getKey().portUid(),
                            role -> role.getValue().size(),
                            Integer::sum));
        }

        @Override
        public Set<Entitlement> held(Set<Entitlement> asked) {
            return asked.stream()
                    .filter(entitlement ->
                            roles.getOrDefault(role(entitlement), Set.of()).contains(entitlement.principal()))
                    .collect(Collectors.toSet());
        }

        @Override
        public Map<String, Set<Principal>> holders() {
            return roles.entrySet().stream()
                    .collect(Collectors.groupingBy(
                            role -> role.getKey().portUid(),
                            Collectors.flatMapping(role -> role.getValue().stream(), Collectors.toSet())));
        }

        @Override
        public Set<Holding> besides(Set<Entitlement> wanted) {
            Map<Role, Set<Principal>> shall = new HashMap<>();
            wanted.forEach(entitlement -> shall.computeIfAbsent(role(entitlement), r -> new HashSet<>())
                    .add(entitlement.principal()));
            return roles.entrySet().stream()
                    .flatMap(role -> role.getValue().stream()
                            .filter(member ->
                                    !shall.getOrDefault(role.getKey(), Set.of()).contains(member))
                            .map(member -> holding(role.getKey(), member)))
                    .collect(Collectors.toSet());
        }

        Holding holding(Role role, Principal member) {
            PortId port = new PortId(role.portUid(), "checkout", role.portUid());
            return new Holding(
                    port,
                    reference(role.portUid(), role.profile()),
                    member,
                    !foreign.contains(member.name()) && !byOthers.contains(member.name()));
        }
    }

    private static String reference(String portUid, String profile) {
        return "role_" + portUid + "_" + Integer.toHexString(profile.hashCode());
    }

    private static Role role(Entitlement entitlement) {
        return new Role(entitlement.port().uid(), entitlement.profile().canonical());
    }

    /** The pure part. */
    public static final class Module implements PlatformModule {
        private final PostgresqlModule profiles = new PostgresqlModule();

        @Override
        public boolean serves(DataPlatformSpec platform) {
            return profiles.serves(platform);
        }

        @Override
        public Optional<LoginSecrets> secrets(DataPlatformSpec platform) {
            return profiles.secrets(platform);
        }

        @Override
        public Parsed parse(OutputPortSpec port) {
            return profiles.parse(port);
        }

        @Override
        public Optional<Profile> fromSnapshot(SnapshotObjects objects) {
            return profiles.fromSnapshot(objects);
        }

        @Override
        public Optional<Profile> intersect(Profile snapshot, Profile offered) {
            return profiles.intersect(snapshot, offered);
        }

        @Override
        public Optional<Profile> common(Profile one, Profile other) {
            return profiles.common(one, other);
        }

        @Override
        public List<RowFilter> rowFilters(Profile offered) {
            return profiles.rowFilters(offered);
        }

        @Override
        public Selected select(Profile objects, SelectedObjects select, List<RowFilter> filters) {
            return profiles.select(objects, select, filters);
        }

        @Override
        public Optional<String> notExposed(DataPlatformSpec platform, String namespace, Profile profile) {
            return profiles.notExposed(platform, namespace, profile);
        }

        @Override
        public String reference(Owner owner, PortId port, Profile profile) {
            return MemoryPlatform.reference(port.uid(), profile.canonical());
        }

        @Override
        public Plan plan(Wanted wanted, Observed observed) {
            Seen seen = (Seen) observed;
            List<Change> revokes = new ArrayList<>();
            List<Change> grants = new ArrayList<>();
            List<Plan.Refusal> refusals = new ArrayList<>();
            List<Plan.Leftover> leftovers = new ArrayList<>();
            Map<Role, Set<Principal>> shall = new HashMap<>();
            wanted.entitlements()
                    .forEach(entitlement -> shall.computeIfAbsent(role(entitlement), r -> new HashSet<>())
                            .add(entitlement.principal()));
            seen.roles()
                    .forEach((role, members) -> members.stream()
                            .filter(member ->
                                    !shall.getOrDefault(role, Set.of()).contains(member))
                            .sorted()
                            .forEach(member -> {
                                if (seen.foreign().contains(member.name())) {
                                    leftovers.add(new Plan.Leftover(
                                            role.portUid(),
                                            Plan.Reason.ForeignGrant,
                                            "somebody else granted to " + member.name()));
                                } else if (!wanted.kept().contains(seen.holding(role, member))) {
                                    revokes.add(new Membership(Change.Effect.REVOKE, role, member.name()));
                                }
                            }));
            for (Entitlement entitlement : wanted.entitlements()) {
                String name = entitlement.principal().name();
                if (seen.unknown().contains(name)) {
                    refusals.add(new Plan.Refusal(
                            entitlement, Plan.Reason.PrincipalNotFound, "there is no login " + name + ": create it"));
                } else if (!seen.holds(entitlement)) {
                    grants.add(new Membership(Change.Effect.GRANT, role(entitlement), name));
                }
            }
            List<Change> ends = new ArrayList<>();
            List<Plan.Warning> warnings = new ArrayList<>();
            if (wanted.sessions().end()) {
                revokes.forEach(revoke ->
                        ends.add(new EndSessions(((Membership) revoke).role(), ((Membership) revoke).name())));
                wanted.sessions().past().stream()
                        .filter(past ->
                                seen.connected().contains(past.principal().name()))
                        .filter(past -> seen.besides(Set.of()).stream().noneMatch(held -> isSame(past, held)))
                        .forEach(past -> ends.add(new EndSessions(
                                new Role(past.port().uid(), past.reference()),
                                past.principal().name())));
                if (!seen.endsSessions()) {
                    warnings.add(new Plan.Warning(Plan.Reason.SessionsMayRemain, "grant the right to end sessions"));
                }
            }
            revokes.addAll(grants);
            revokes.addAll(ends);
            return new Plan(revokes, refusals, leftovers, List.of(), warnings);
        }

        private static boolean isSame(Holding past, Holding held) {
            return held.port().uid().equals(past.port().uid())
                    && held.principal().equals(past.principal())
                    && (past.reference().isEmpty() || held.reference().equals(past.reference()));
        }
    }
}

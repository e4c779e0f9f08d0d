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
import dev.portcullis.platform.postgresql.PostgresqlModule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A platform of quite another shape than a database's: an access list with an entry for each principal, and no roles. It takes jobs, which are done when the
 * test's clock says so, and no more than a number of them at a time. What is pure of profiles it leaves to the PostgreSQL module.
 */
public final class AclPlatform implements PlatformConnector {
    /** One line of the access list. */
    public record Entry(PortId port, String profile, Principal principal) {
        static Entry of(Entitlement entitlement) {
            return new Entry(entitlement.port(), entitlement.profile().canonical(), entitlement.principal());
        }
    }

    /** Puts a line on the list, or takes it off. */
    public record Job(Effect effect, Entry entry) implements Change {
        @Override
        public String portUid() {
            return entry.port().uid();
        }

        @Override
        public Optional<Principal> principal() {
            return Optional.of(entry.principal());
        }

        @Override
        public String describe() {
            return (effect == Effect.GRANT ? "allow " : "disallow ")
                    + entry.principal().name() + " " + entry.profile();
        }
    }

    private final TestClock clock;
    private final Set<Entry> list = new HashSet<>();
    private final Map<Job, Instant> jobs = new HashMap<>();
    private final List<Job> done = new ArrayList<>();
    private Duration slowness = Duration.ZERO;
    private int most = Integer.MAX_VALUE;
    private int executions;
    private int observations;

    public AclPlatform(TestClock clock) {
        this.clock = clock;
    }

    // ---- what a test does to it

    /** What is asked from now on takes this long. */
    public synchronized AclPlatform takes(Duration each) {
        slowness = each;
        return this;
    }

    /** No more jobs than these in one call, and at one time. */
    public synchronized AclPlatform takesAtMost(int jobsAtATime) {
        most = jobsAtATime;
        return this;
    }

    /** Somebody took it off by hand. */
    public synchronized void loses(String principal) {
        list.removeIf(entry -> entry.principal().name().equals(principal));
    }

    // ---- what a test sees of it

    public synchronized Set<String> members() {
        settle();
        return list.stream().map(entry -> entry.principal().name()).collect(Collectors.toSet());
    }

    /** Every job that was done, in order. */
    public synchronized List<String> done() {
        settle();
        return done.stream().map(Job::describe).toList();
    }

    /** How many jobs were handed over, those it did not take among them. */
    public synchronized int executions() {
        return executions;
    }

    public synchronized int observations() {
        return observations;
    }

    // ---- what it is

    private void settle() {
        List<Job> due = jobs.entrySet().stream()
                .filter(job -> !job.getValue().isAfter(clock.instant()))
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
        due.forEach(job -> {
            jobs.remove(job);
            apply(job);
        });
    }

    private void apply(Job job) {
        done.add(job);
        if (job.effect() == Change.Effect.GRANT) {
            list.add(job.entry());
        } else {
            list.remove(job.entry());
        }
    }

    private synchronized List<Result> execute(List<Change> changes) {
        settle();
        int taken = 0;
        List<Result> results = new ArrayList<>();
        for (Change change : changes) {
            executions++;
            Job job = (Job) change;
            if (taken == most || jobs.size() >= most) {
                results.add(new Result(change, new Outcome.Pending("the platform takes no more changes now")));
                continue;
            }
            taken++;
            if (slowness.isZero()) {
                apply(job);
                results.add(new Result(change, new Outcome.Applied()));
            } else {
                jobs.put(job, clock.instant().plus(slowness));
                results.add(new Result(change, new Outcome.Pending("the platform has taken the job")));
            }
        }
        return results;
    }

    private synchronized Observed observe(Scope scope) {
        settle();
        observations++;
        return new Seen(
                list.stream().filter(entry -> scope.covers(entry.port().uid())).collect(Collectors.toUnmodifiableSet()),
                jobs.keySet().stream()
                        .filter(job -> scope.covers(job.portUid()))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public PlatformModule module() {
        return new Module();
    }

    @Override
    public PlatformSession open(DataPlatformSpec platform, Owner owner, Credentials credentials) {
        return new PlatformSession() {
            @Override
            public Server server() {
                return new Server("1", "");
            }

            @Override
            public Observed observe(Scope scope, Set<Entitlement> entitlements) {
                return AclPlatform.this.observe(scope);
            }

            @Override
            public Map<Profile, ObjectsFound> look(Set<Profile> profiles) {
                return profiles.stream()
                        .collect(Collectors.toMap(
                                profile -> profile, profile -> new ObjectsFound("the same", Optional.empty())));
            }

            @Override
            public List<Result> execute(List<Change> changes) {
                return AclPlatform.this.execute(changes);
            }

            @Override
            public void close() {}
        };
    }

    /** The list and the jobs at one moment. */
    public record Seen(Set<Entry> list, Set<Job> jobs) implements Observed {
        @Override
        public Optional<PlatformUnavailableException> outage() {
            return Optional.empty();
        }

        @Override
        public int entitlements() {
            return list.size();
        }

        @Override
        public Map<String, Integer> entitlementsByPort() {
            return list.stream().collect(Collectors.toMap(entry -> entry.port().uid(), entry -> 1, Integer::sum));
        }

        @Override
        public Set<Entitlement> held(Set<Entitlement> asked) {
            return asked.stream()
                    .filter(entitlement -> list.contains(Entry.of(entitlement)))
                    .collect(Collectors.toSet());
        }

        @Override
        public Map<String, Set<Principal>> holders() {
            return heldOrComing()
                    .collect(Collectors.groupingBy(
                            entry -> entry.port().uid(), Collectors.mapping(Entry::principal, Collectors.toSet())));
        }

        @Override
        public Set<Holding> besides(Set<Entitlement> wanted) {
            Set<Entry> shall = wanted.stream().map(Entry::of).collect(Collectors.toSet());
            return heldOrComing()
                    .filter(entry -> !shall.contains(entry))
                    .map(Seen::holding)
                    .collect(Collectors.toSet());
        }

        /** What is under way may come true at any moment. */
        Stream<Entry> heldOrComing() {
            return Stream.concat(
                            list.stream(),
                            jobs.stream()
                                    .filter(job -> job.effect() == Change.Effect.GRANT)
                                    .map(Job::entry))
                    .distinct();
        }

        static Holding holding(Entry entry) {
            return new Holding(entry.port(), entry.profile(), entry.principal(), true);
        }
    }

    /** The pure part. */
    public static final class Module implements PlatformModule {
        private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::toString);

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
            return "acl/" + port.name();
        }

        @Override
        public Plan plan(Wanted wanted, Observed observed) {
            Seen seen = (Seen) observed;
            List<Change> changes = new ArrayList<>();
            List<Plan.Awaited> awaited = new ArrayList<>();
            Set<Entry> shall = wanted.entitlements().stream().map(Entry::of).collect(Collectors.toSet());
            seen.heldOrComing().sorted(ORDER).forEach(entry -> {
                if (!shall.contains(entry) && !wanted.kept().contains(Seen.holding(entry))) {
                    take(entry, seen, changes, awaited);
                }
            });
            shall.stream().sorted(ORDER).forEach(entry -> give(entry, seen, changes, awaited));
            return new Plan(changes, List.of(), List.of(), awaited, List.of());
        }

        private static void take(Entry entry, Seen seen, List<Change> changes, List<Plan.Awaited> awaited) {
            if (seen.jobs().contains(new Job(Change.Effect.REVOKE, entry))) {
                awaited.add(waiting(entry, Change.Effect.REVOKE, "the platform is taking the access from "));
            } else if (seen.jobs().contains(new Job(Change.Effect.GRANT, entry))) {
                awaited.add(waiting(
                        entry, Change.Effect.REVOKE, "the platform cannot take back before it has granted to "));
            } else {
                changes.add(new Job(Change.Effect.REVOKE, entry));
            }
        }

        private static void give(Entry entry, Seen seen, List<Change> changes, List<Plan.Awaited> awaited) {
            if (seen.jobs().contains(new Job(Change.Effect.REVOKE, entry))) {
                awaited.add(waiting(entry, Change.Effect.GRANT, "the platform is still taking the access from "));
            } else if (seen.jobs().contains(new Job(Change.Effect.GRANT, entry))) {
                awaited.add(waiting(entry, Change.Effect.GRANT, "the platform is granting to "));
            } else if (!seen.list().contains(entry)) {
                changes.add(new Job(Change.Effect.GRANT, entry));
            }
        }

        private static Plan.Awaited waiting(Entry entry, Change.Effect effect, String what) {
            return new Plan.Awaited(
                    entry.port().uid(),
                    entry.principal(),
                    effect,
                    what + entry.principal().name());
        }
    }
}

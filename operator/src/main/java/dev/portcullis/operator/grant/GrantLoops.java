package dev.portcullis.operator.grant;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.DataPlatformStatus.ServerIdentity;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.operator.report.AuditLog;
import dev.portcullis.operator.report.EventRecorder;
import dev.portcullis.operator.world.Caches;
import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.PlatformConnector;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Way;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The grant loops, one for each DataPlatform. A loop is started and ended by its platform's reconciler, one call at a time; no lock is held
 * meanwhile, so that a platform that hangs delays no other.
 */
public final class GrantLoops implements AutoCloseable {
    private final String installation;
    private final List<PlatformConnector> connectors;
    private final CredentialsReader credentials;
    private final Caches caches;
    private final Asks asks;
    private final GrantReports reports;
    private final EventRecorder events;
    private final Clock clock;
    private final Map<String, GrantLoop> loops = new ConcurrentHashMap<>();
    /** Those that are being ended, since their platform changed or is gone: they may write as long as that takes. */
    private final Set<GrantLoop> ending = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    public GrantLoops(
            String installation,
            List<PlatformConnector> connectors,
            CredentialsReader credentials,
            Caches caches,
            Asks asks,
            GrantReports reports,
            EventRecorder events,
            Clock clock) {
        this.installation = installation;
        this.connectors = List.copyOf(connectors);
        this.credentials = credentials;
        this.caches = caches;
        this.asks = asks;
        this.reports = reports;
        this.events = events;
        this.clock = clock;
    }

    /** Runs a loop for the platform as it is now; a loop for an earlier state of it ends first. */
    public void run(DataPlatform platform) {
        String name = platform.getMetadata().getName();
        if (closed) {
            return;
        }
        GrantLoop running = loops.get(name);
        @Nullable
        ServerIdentity onRecord =
                platform.getStatus() == null ? null : platform.getStatus().server();
        String confirmed = Optional.ofNullable(platform.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Annotations.CONFIRM_REMOVAL))
                .orElse("");
        if (running != null && running.platform().equals(platform.getSpec())) {
            running.recorded(onRecord);
            running.confirm(confirmed);
            return;
        }
        String uid = platform.getMetadata().getUid();
        // what this process knows counts more than what somebody wrote meanwhile
        KnownServer known =
                running != null && running.known().isOf(uid) ? running.known() : new KnownServer(name, uid, onRecord);
        end(name);
        connector(platform.getSpec()).ifPresent(connector -> {
            Owner owner = new Owner(installation, name);
            GrantLoop loop = new GrantLoop(
                    platform.getSpec(),
                    owner,
                    known,
                    connector,
                    credentials,
                    asks,
                    () -> offered(platform, connector.module()),
                    new Reporting(owner),
                    clock);
            // another platform may be behind the name now, of which nothing is known
            reports.keepOnly(name, Set.of());
            // known before it runs: a mark that comes in between must not be lost
            loop.recorded(onRecord);
            loop.confirm(confirmed);
            loops.put(name, loop);
            if (!closed) {
                loop.start();
            }
        });
        if (closed) {
            // closed while the loop before was ending
            end(name);
        }
    }

    /** Ends the loop of a platform that is gone. What it granted stays: there is nobody to say that it shall not. */
    public void end(String platform) {
        GrantLoop running = loops.get(platform);
        if (running != null) {
            ending.add(running);
            loops.remove(platform, running);
            running.close();
            ending.remove(running);
        }
    }

    /** A port changed, or something it depends on. */
    public void mark(String platform, String portUid) {
        Optional.ofNullable(loops.get(platform)).ifPresent(loop -> loop.mark(portUid));
    }

    /** Somebody who has nothing by it yet is to be granted something of the port: where many are, they are granted together, some seconds later. */
    public void markNew(String platform, String portUid) {
        Optional.ofNullable(loops.get(platform)).ifPresent(loop -> loop.markNew(portUid));
    }

    /** Somebody new was approved who will be granted something there: whoever waits in a crowd waits for them too. */
    public void follow(String platform) {
        Optional.ofNullable(loops.get(platform)).ifPresent(GrantLoop::follow);
    }

    /** What the platform lets its ports offer, by the port's UID. */
    private Map<String, Profile> offered(DataPlatform platform, PlatformModule module) {
        Map<String, Profile> offered = new HashMap<>();
        caches.portsOn(platform.getMetadata().getName()).forEach(port -> {
            if (module.parse(port.getSpec()) instanceof Parsed.Ok ok
                    && module.notExposed(platform.getSpec(), port.getMetadata().getNamespace(), ok.profile())
                            .isEmpty()) {
                offered.put(port.getMetadata().getUid(), ok.profile());
            }
        });
        return offered;
    }

    /** What was last found of the objects that a port offers now; empty: nobody has looked yet. */
    public Optional<ObjectsFound> objectsOf(OutputPort port) {
        return Optional.ofNullable(loops.get(port.getSpec().platform()))
                .flatMap(loop -> connector(loop.platform())
                        .map(connector -> connector.module().parse(port.getSpec()))
                        .filter(Parsed.Ok.class::isInstance)
                        .flatMap(
                                parsed -> loop.objectsOf(port.getMetadata().getUid(), ((Parsed.Ok) parsed).profile())));
    }

    /** Whether there is a module for this kind of platform. */
    public boolean serves(DataPlatformSpec platform) {
        return connector(platform).isPresent();
    }

    /** Whether every loop still turns. */
    public boolean areAlive() {
        return loops.values().stream().allMatch(GrantLoop::isAlive);
    }

    public Optional<PlatformState> state(String platform) {
        return Optional.ofNullable(loops.get(platform)).map(GrantLoop::state);
    }

    /** The state of each platform, by its name. */
    public Map<String, PlatformState> states() {
        Map<String, PlatformState> states = new TreeMap<>();
        loops.forEach((name, loop) -> states.put(name, loop.state()));
        return states;
    }

    /** The id that marks what this installation grants. */
    public String installation() {
        return installation;
    }

    /** Which server a platform's status should name; empty: none is known. */
    public Optional<ServerIdentity> server(String platform) {
        return Optional.ofNullable(loops.get(platform))
                .flatMap(loop -> loop.known().current());
    }

    @Override
    public void close() {
        closed = true;
        // all at once: one that hangs takes no time from another. They stay where they are, for whoever still asks what
        // they found
        loops.values().forEach(GrantLoop::endSoon);
        List<Thread> ends = Stream.concat(loops.values().stream(), ending.stream())
                .map(loop -> new Thread(loop::close, "end"))
                .toList();
        ends.forEach(Thread::start);
        for (Thread end : ends) {
            try {
                end.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Optional<PlatformConnector> connector(DataPlatformSpec platform) {
        return connectors.stream()
                .filter(connector -> connector.module().serves(platform))
                .findFirst();
    }

    /** Keeps the reports of a comparison and has the agreements looked at whose report changed. */
    private final class Reporting implements GrantLoop.Listener {
        private final Owner owner;

        Reporting(Owner owner) {
            this.owner = owner;
        }

        @Override
        public void compared(boolean everything, List<ReportFactory.Reported> told) {
            told.forEach(one -> {
                if (reports.put(owner.platform(), one.ask().uid(), one.report())) {
                    caches.agreements().lookAgain(one.ask().agreement());
                }
            });
            if (everything) {
                reports.keepOnly(
                        owner.platform(),
                        told.stream().map(one -> one.ask().uid()).collect(Collectors.toSet()));
            }
        }

        @Override
        public void found(List<OtherWays.Answer> answers) {
            answers.forEach(answer -> {
                Ask ask = answer.question().ask();
                List<Way> ways = answer.ways();
                if (reports.add(ask.uid(), ask.access(), ways)) {
                    caches.agreements().lookAgain(ask.agreement());
                }
                if (answer.question().isOfDeleted() && !ways.isEmpty()) {
                    // its status is gone with it, or will be
                    AuditLog.accessRemains(ask.agreement(), ways, clock.instant());
                    events.accessRemains(ask.agreement(), ways);
                }
            });
        }

        @Override
        public void looked(Set<String> portUids) {
            caches.portsOn(owner.platform())
                    .filter(port -> portUids.contains(port.getMetadata().getUid()))
                    .forEach(port -> caches.ports().lookAgain(port));
        }

        @Override
        public void stateChanged() {
            caches.platforms().lookAgain(new ResourceID(owner.platform()));
        }
    }
}

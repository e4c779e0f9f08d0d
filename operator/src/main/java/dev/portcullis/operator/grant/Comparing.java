package dev.portcullis.operator.grant;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Scope;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One loop's comparisons: what to compare, whom to tell what came of it, and what to look at again. Used by the loop's thread. */
final class Comparing {
    static final Duration TROUBLE_DELAY = Duration.ofSeconds(5);

    private final DataPlatformSpec platform;
    private final Owner owner;
    private final PlatformModule module;
    private final Asks asks;
    private final GrantLoop.Listener listener;
    private final WorkQueue queue;
    private final WaySearch search;
    private final KnownState state;
    private final Clock clock;
    private final Pace pace = new Pace(System::nanoTime);
    private final Rhythm rhythm;
    private final Brake brake;
    private final Comparison comparison;

    /** Whether everything has still to be compared: who has which principal is not known before. */
    private boolean owesEverything = true;

    Comparing(
            DataPlatformSpec platform,
            Owner owner,
            PlatformModule module,
            Asks asks,
            GrantLoop.Listener listener,
            WorkQueue queue,
            WaySearch search,
            KnownState state,
            Clock clock) {
        this.platform = platform;
        this.owner = owner;
        this.module = module;
        this.asks = asks;
        this.listener = listener;
        this.queue = queue;
        this.search = search;
        this.state = state;
        this.clock = clock;
        Duration interval = Intervals.parse(platform.drift().interval());
        this.rhythm = new Rhythm(interval);
        this.brake = new Brake(module, platform.drift().maxRemovals(), interval);
        this.comparison = new Comparison(module, owner, brake);
    }

    /** Whatever is to be compared next, everything is. */
    void oweEverything() {
        owesEverything = true;
    }

    /**
     * @param version of the server
     * @param confirmed the code of what somebody has confirmed; empty: nothing
     * @param closed whether the loop has ended meanwhile
     */
    void run(PlatformSession session, String version, Scope marked, String confirmed, BooleanSupplier closed)
            throws PlatformUnavailableException {
        Scope scope = owesEverything ? new Scope.Everything() : pace.withRevokesPutOff(marked);
        List<Ask> asked = asks.in(scope, owner.platform());
        Comparison.Outcome outcome = comparison.run(session, platform, scope, asked, confirmed, clock.instant());
        Drift drift = Drift.of(outcome);
        GrantLog.refused(owner.platform(), outcome.results());
        GrantLog.repaired(owner.platform(), drift, clock.instant());
        if (closed.getAsBoolean()) {
            // its successor looks at everything anew, and finds all but what is mended
            return;
        }
        tell(outcome, version, drift);
        lookAgain(outcome);
    }

    private void tell(Comparison.Outcome outcome, String version, Drift drift) {
        List<ReportFactory.Reported> reports = new ReportFactory(module, owner, outcome).reports();
        listener.compared(outcome.isFull(), reports);
        state.next(before -> before.next(outcome, version, drift, brake.held(), clock.instant()));
        search.note(outcome, reports, clock.instant());
    }

    private void lookAgain(Comparison.Outcome outcome) {
        queue.granted(outcome.granted());
        search.due().ifPresent(queue::searchWithin);
        queue.tryAgain(outcome.troubledPorts(), TROUBLE_DELAY);
        pace.next(outcome.scope(), outcome.waits()).forEach((port, delay) -> queue.tryAgain(List.of(port), delay));
        if (outcome.isFull()) {
            owesEverything = false;
            queue.everythingWithin(rhythm.next());
            queue.lookWithin(Duration.ZERO);
        }
    }
}

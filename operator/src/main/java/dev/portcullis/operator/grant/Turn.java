package dev.portcullis.operator.grant;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Profile;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What one loop does with a piece of work, once the server is known to be the one on record. Used by the loop's thread. */
final class Turn {
    private final Connection connection;
    private final KnownServer known;
    private final GrantLoop.Listener listener;
    private final WorkQueue queue;
    private final BooleanSupplier closed;
    private final Clock clock;
    private final Comparing comparing;
    private final Looking looking;
    private final WaySearch search;

    /**
     * @param offered what each port offers, by its UID
     * @param closed whether the loop has ended: then nothing is told any more
     */
    Turn(
            DataPlatformSpec platform,
            Owner owner,
            PlatformModule module,
            Connection connection,
            KnownServer known,
            Asks asks,
            Supplier<Map<String, Profile>> offered,
            GrantLoop.Listener listener,
            WorkQueue queue,
            KnownState state,
            BooleanSupplier closed,
            Clock clock) {
        this.connection = connection;
        this.known = known;
        this.listener = listener;
        this.queue = queue;
        this.closed = closed;
        this.clock = clock;
        this.search = new WaySearch(module, owner.platform(), System::nanoTime);
        this.comparing = new Comparing(platform, owner, module, asks, listener, queue, search, state, clock);
        this.looking = new Looking(owner.platform(), offered, listener, queue);
    }

    /** Whatever is to be compared next, everything is. */
    void oweEverything() {
        comparing.oweEverything();
    }

    /** What the last look found of exactly these objects of a port; empty: nobody has looked yet. From any thread. */
    Optional<ObjectsFound> objectsOf(String portUid, Profile profile) {
        return looking.of(portUid, profile);
    }

    /** @param confirmed the code of what somebody has confirmed; empty: nothing */
    void take(Work work, String confirmed) throws PlatformUnavailableException, CredentialsReader.NotUsableException {
        if (work instanceof Work.Look && connection.hasOtherCredentials()) {
            // the old ones may end any time, and connections are made anew now and then
            connection.drop();
        }
        if (!known.isRightServer(connection.server().identity(), confirmed, clock.instant())) {
            // when it is on record, everything is compared; this is for what gets lost
            comparing.oweEverything();
            queue.everythingWithin(Comparing.TROUBLE_DELAY);
            listener.stateChanged();
        } else if (work instanceof Work.Compare compare) {
            comparing.run(connection.session(), connection.server().version(), compare.scope(), confirmed, closed);
        } else if (work instanceof Work.Look) {
            looking.run(connection.session());
        } else {
            search();
        }
    }

    private void search() throws PlatformUnavailableException, CredentialsReader.NotUsableException {
        List<OtherWays.Answer> answers = search.run(connection.session());
        if (!closed.getAsBoolean()) {
            listener.found(answers);
        }
        search.due().ifPresent(queue::searchWithin);
    }
}

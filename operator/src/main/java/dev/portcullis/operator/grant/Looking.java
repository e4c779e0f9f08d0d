package dev.portcullis.operator.grant;

import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Profile;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One loop's looks at the objects that ports offer. Used by the loop's thread; what was found is read by whoever asks. */
final class Looking {
    private static final Logger LOG = LoggerFactory.getLogger(Looking.class);

    /** Tables that were made anew have lost every grant: twenty seconds is what people may wait for it. */
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final String platform;
    private final Supplier<Map<String, Profile>> offered;
    private final GrantLoop.Listener listener;
    private final WorkQueue queue;
    private final Looks looks = new Looks();

    /** @param offered what each port offers, by its UID */
    Looking(String platform, Supplier<Map<String, Profile>> offered, GrantLoop.Listener listener, WorkQueue queue) {
        this.platform = platform;
        this.offered = offered;
        this.listener = listener;
        this.queue = queue;
    }

    /** What the last look found of exactly these objects of a port; empty: nobody has looked yet. */
    Optional<ObjectsFound> of(String portUid, Profile profile) {
        return looks.of(portUid, profile);
    }

    void run(PlatformSession session) throws PlatformUnavailableException {
        Map<String, Profile> ports = offered.get();
        Looks.News news = looks.note(ports, session.look(Set.copyOf(ports.values())));
        news.rebuilt().forEach(port -> {
            LOG.info("platform {}: objects of port {} were made anew", platform, port);
            queue.mark(port);
        });
        if (!news.toldOtherwise().isEmpty()) {
            listener.looked(news.toldOtherwise());
        }
        queue.lookWithin(INTERVAL);
    }
}

package dev.portcullis.operator.grant;

import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Profile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the last look found of the objects that each port of one platform offers. Written by the platform's loop, read by whoever asks about a port. */
final class Looks {
    private final Map<String, Seen> byPort = new ConcurrentHashMap<>();

    /** What a port offered when it was looked at: it may offer something else by now. */
    private record Seen(Profile profile, ObjectsFound objects) {}

    /** Ports whose objects were made anew, and ports of whose objects there is something else to say than before. */
    record News(Set<String> rebuilt, Set<String> toldOtherwise) {}

    News note(Map<String, Profile> offered, Map<Profile, ObjectsFound> found) {
        Set<String> rebuilt = new HashSet<>();
        Set<String> toldOtherwise = new HashSet<>();
        Map<String, Seen> now = new HashMap<>();
        offered.forEach((port, profile) -> Optional.ofNullable(found.get(profile))
                .ifPresent(objects -> now.put(port, new Seen(profile, objects))));
        now.forEach((port, seen) -> {
            Seen before = byPort.put(port, seen);
            if (before != null
                    && !before.objects().identity().equals(seen.objects().identity())) {
                rebuilt.add(port);
            }
            if (before == null
                    || !before.profile().equals(seen.profile())
                    || !before.objects().saysTheSameAs(seen.objects())) {
                toldOtherwise.add(port);
            }
        });
        byPort.keySet().retainAll(now.keySet());
        return new News(rebuilt, toldOtherwise);
    }

    /** What was found of exactly these objects of a port; empty: nobody has looked yet. */
    Optional<ObjectsFound> of(String portUid, Profile profile) {
        return Optional.ofNullable(byPort.get(portUid))
                .filter(seen -> seen.profile().equals(profile))
                .map(Seen::objects);
    }
}

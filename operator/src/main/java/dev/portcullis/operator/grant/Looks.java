package dev.portcullis.operator.grant;

import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Profile;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the last look found of the objects that each port of one platform offers. Written by the platform's loop, read by whoever asks about a port. */
final class Looks {
    private final Map<String, ObjectsFound> byPort = new ConcurrentHashMap<>();

    /** Ports whose objects were made anew, and ports of whose objects there is something else to say than before. */
    record News(Set<String> rebuilt, Set<String> otherFault) {}

    News note(Map<String, Profile> offered, Map<Profile, ObjectsFound> found) {
        Set<String> rebuilt = new HashSet<>();
        Set<String> otherFault = new HashSet<>();
        Map<String, ObjectsFound> now = new HashMap<>();
        offered.forEach((port, profile) ->
                Optional.ofNullable(found.get(profile)).ifPresent(objects -> now.put(port, objects)));
        now.forEach((port, objects) -> {
            ObjectsFound before = byPort.put(port, objects);
            if (before != null && !before.identity().equals(objects.identity())) {
                rebuilt.add(port);
            }
            if (before == null || !before.fault().equals(objects.fault())) {
                otherFault.add(port);
            }
        });
        keepOnly(now.keySet());
        return new News(rebuilt, otherFault);
    }

    /** What was found; empty: nobody has looked yet. */
    Optional<ObjectsFound> of(String portUid) {
        return Optional.ofNullable(byPort.get(portUid));
    }

    private void keepOnly(Collection<String> ports) {
        byPort.keySet().retainAll(ports);
    }
}

package dev.portcullis.operator.port;

import dev.portcullis.api.FirstFew;
import dev.portcullis.api.port.Contract;
import dev.portcullis.api.port.Offered;
import dev.portcullis.api.port.OfferedObject;
import dev.portcullis.api.port.OutputPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was added to objects that a port offers whole since it offered them. What they consisted of is remembered in the port's status, object by object as each
 * was first seen; another contract in the port's spec is the provider's word that what there is now is meant.
 *
 * @param offered what the status remembers from now on
 * @param added what was added, by object
 * @param unwatched objects of which too much would have to be remembered
 */
record Widening(Offered offered, SortedMap<String, SortedSet<String>> added, SortedSet<String> unwatched) {
    /** Fields of all objects of a port together, so that its status stays small: as many as the widest table has, and some more. */
    static final int MOST_FIELDS = 2000;

    private static final int LISTED = 10;

    /**
     * @param before what the status remembers; null: nothing yet
     * @param whole what the objects consist of now; empty for one that is not there
     */
    static Widening of(OutputPort port, @Nullable Offered before, Map<String, Set<String>> whole) {
        String contract = contract(port.getSpec().contract());
        Map<String, OfferedObject> remembered = before == null || !Objects.equals(before.contract(), contract)
                ? Map.of()
                : before.objects().stream().collect(Collectors.toMap(OfferedObject::name, object -> object));
        List<OfferedObject> objects = new ArrayList<>();
        SortedMap<String, SortedSet<String>> added = new TreeMap<>();
        SortedSet<String> unwatched = new TreeSet<>();
        int fields = remembered.values().stream()
                .filter(object -> whole.containsKey(object.name()))
                .mapToInt(object -> object.fields().size())
                .sum();
        for (Map.Entry<String, Set<String>> entry : new TreeMap<>(whole).entrySet()) {
            String name = entry.getKey();
            SortedSet<String> now = new TreeSet<>(entry.getValue());
            OfferedObject known = remembered.get(name);
            if (known != null) {
                objects.add(known);
                now.removeAll(known.fields());
                if (!now.isEmpty()) {
                    added.put(name, now);
                }
            } else if (fields + now.size() > MOST_FIELDS) {
                unwatched.add(name);
            } else if (!now.isEmpty()) {
                fields += now.size();
                objects.add(new OfferedObject(name, List.copyOf(now)));
            }
        }
        return new Widening(new Offered(contract, objects), added, unwatched);
    }

    /** What to tell; empty: nothing was added. */
    Optional<String> message() {
        return added.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "what is offered whole has grown since it was offered: "
                                + FirstFew.of(
                                        LISTED,
                                        added.entrySet().stream()
                                                .map(object -> object.getKey() + " ("
                                                        + FirstFew.of(LISTED, object.getValue()) + ")")
                                                .toList())
                                + "; everybody with access to it has that too. If it is meant, say so with another"
                                + " spec.contract.version (a contract needs an id as well); if not, name on the port what is offered (the columns)");
    }

    String unwatchedMessage() {
        return "more than " + MOST_FIELDS + " columns are offered whole, so additions cannot be told of "
                + FirstFew.of(LISTED, unwatched)
                + ": name on the port what is offered (the columns), or offer less by one port";
    }

    private static @Nullable String contract(@Nullable Contract contract) {
        return contract == null ? null : contract.id() + (contract.version() == null ? "" : " " + contract.version());
    }
}

package dev.portcullis.operator.grant;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Way;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks how else people can read what agreements are about. Only words come of it: where it fails, for whatever reason, nothing of what was done is left untold,
 * and it puts no revoke off again soon. Which ended agreements it owes an answer is remembered until it has one. Used by one thread.
 */
final class OtherWays {
    private static final Logger LOG = LoggerFactory.getLogger(OtherWays.class);

    private final PlatformModule module;
    private final Owner owner;
    private final Searches searches;

    /** UIDs of agreements that ended when it could not be looked. */
    private final Set<String> unanswered = new HashSet<>();

    OtherWays(PlatformModule module, Owner owner, Searches searches) {
        this.module = module;
        this.owner = owner;
        this.searches = searches;
    }

    /**
     * What was found.
     *
     * @param byEntitlement without what could not be looked at
     * @param ended what agreements that have ended gave, as far as it is of interest, by their UIDs
     */
    record Found(Map<Entitlement, List<Way>> byEntitlement, Map<String, Set<Entitlement>> ended) {}

    Found find(PlatformSession session, Scope scope, List<Ask> asks, Set<Entitlement> wanted) {
        Map<String, Set<Entitlement>> ended = new HashMap<>();
        for (Ask ask : asks) {
            Set<Entitlement> gave = Endings.of(ask, module, unanswered.contains(ask.uid()));
            if (!gave.isEmpty()) {
                ended.put(ask.uid(), gave);
            }
        }
        if (scope instanceof Scope.Everything) {
            unanswered.retainAll(ended.keySet());
        }
        if (wanted.isEmpty() && ended.isEmpty()) {
            return new Found(Map.of(), ended);
        }
        if (!searches.mayBegin()) {
            unanswered.addAll(ended.keySet());
            return new Found(Map.of(), ended);
        }
        return new Found(search(session, wanted, ended), ended);
    }

    private Map<Entitlement, List<Way>> search(
            PlatformSession session, Set<Entitlement> wanted, Map<String, Set<Entitlement>> ended) {
        searches.began();
        boolean found = false;
        try {
            Map<Entitlement, List<Way>> ways = session.ways(
                    wanted, ended.values().stream().flatMap(Collection::stream).collect(Collectors.toSet()));
            found = true;
            // what was found is found again until the status tells of it
            ended.forEach((uid, gave) -> {
                if (gave.stream()
                        .allMatch(one -> ways.getOrDefault(one, List.of()).isEmpty())) {
                    unanswered.remove(uid);
                }
            });
            return ways;
        } catch (PlatformUnavailableException | RuntimeException e) {
            LOG.warn("platform {}: what else can be read was not found out", owner.platform(), e);
            unanswered.addAll(ended.keySet());
            return Map.of();
        } finally {
            searches.ended(found);
        }
    }
}

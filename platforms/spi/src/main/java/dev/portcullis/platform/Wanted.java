package dev.portcullis.platform;

import dev.portcullis.api.platform.Drift;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a platform should hold in a scope.
 *
 * @param owner whose grants these are; grants marked for another owner are never touched
 * @param scope the part of the platform that is spoken of
 * @param entitlements all that is wanted in the scope; whatever else of the owner's is observed there is extra
 * @param kept what is held besides, and is not to be taken away for now
 * @param unmanaged what happens to grants on the owner's roles that somebody else made
 * @param agreements which agreements explain each entitlement, for platforms that note it
 * @param sessions what becomes of the sessions of whoever loses access
 */
public record Wanted(
        Owner owner,
        Scope scope,
        Set<Entitlement> entitlements,
        Set<Holding> kept,
        Drift.Unmanaged unmanaged,
        Map<Entitlement, SortedSet<AgreementReference>> agreements,
        Sessions sessions) {
    /** For platforms that do not note why somebody has access. */
    public Wanted(
            Owner owner,
            Scope scope,
            Set<Entitlement> entitlements,
            Set<Holding> kept,
            Drift.Unmanaged unmanaged,
            Sessions sessions) {
        this(owner, scope, entitlements, kept, unmanaged, Map.of(), sessions);
    }

    /** Where nobody asks for sessions to end, either. */
    public Wanted(
            Owner owner, Scope scope, Set<Entitlement> entitlements, Set<Holding> kept, Drift.Unmanaged unmanaged) {
        this(owner, scope, entitlements, kept, unmanaged, Sessions.STAY);
    }

    public Wanted {
        entitlements = Set.copyOf(entitlements);
        kept = Set.copyOf(kept);
        agreements = Map.copyOf(agreements);
    }

    /** The agreements that explain an entitlement. */
    public SortedSet<AgreementReference> agreementsOf(Entitlement entitlement) {
        return agreements.getOrDefault(entitlement, new TreeSet<>());
    }

    /** The same once the changes are made: whoever lost access by then has no session to be ended. */
    public Wanted carriedOut() {
        return new Wanted(
                owner, scope, entitlements, kept, unmanaged, agreements, new Sessions(sessions.end(), Set.of()));
    }
}

package dev.portcullis.platform;

import dev.portcullis.api.platform.Drift;
import java.util.Set;

/**
 * What a platform should hold in a scope.
 *
 * @param owner whose grants these are; grants marked for another owner are never touched
 * @param scope the part of the platform that is spoken of
 * @param entitlements all that is wanted in the scope; whatever else of the owner's is observed there is extra
 * @param kept what is held besides, and is not to be taken away for now
 * @param unmanaged what happens to grants on the owner's roles that somebody else made
 */
public record Wanted(
        Owner owner, Scope scope, Set<Entitlement> entitlements, Set<Holding> kept, Drift.Unmanaged unmanaged) {
    public Wanted {
        entitlements = Set.copyOf(entitlements);
        kept = Set.copyOf(kept);
    }
}

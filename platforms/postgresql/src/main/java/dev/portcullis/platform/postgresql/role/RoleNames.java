package dev.portcullis.platform.postgresql.role;

import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import java.util.HashMap;
import java.util.Map;

/** Names of one owner's roles, each made once: thousands may ask for the same of a port, and a hash takes its time. Used by one thread. */
public final class RoleNames {
    private final Owner owner;
    private final Map<Offer, String> names = new HashMap<>();

    private record Offer(PortId port, Profile profile) {}

    public RoleNames(Owner owner) {
        this.owner = owner;
    }

    /** As {@link RoleName#of} says. */
    public String of(PortId port, Profile profile) {
        return names.computeIfAbsent(
                new Offer(port, profile), offer -> RoleName.of(owner, offer.port(), offer.profile()));
    }
}

package dev.portcullis.operator.grant;

import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import java.util.HashMap;
import java.util.Map;

/** What holds each profile on the platform, in its own words. Many agreements ask for the same, and it takes a while to compute: one of these for each part of a comparison. */
final class References {
    private final PlatformModule module;
    private final Owner owner;
    private final Map<Offer, String> known = new HashMap<>();

    private record Offer(PortId port, Profile profile) {}

    References(PlatformModule module, Owner owner) {
        this.module = module;
        this.owner = owner;
    }

    String of(PortId port, Profile profile) {
        return known.computeIfAbsent(
                new Offer(port, profile), offer -> module.reference(owner, offer.port(), offer.profile()));
    }
}

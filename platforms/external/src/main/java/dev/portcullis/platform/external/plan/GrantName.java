package dev.portcullis.platform.external.plan;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Fingerprint;
import dev.portcullis.platform.Owner;

/** What the AccessGrant of an entitlement is called: the same at every time, so that one that is there is never written twice. */
final class GrantName {
    private static final int READABLE = 38;
    /** 120 bits in base 32. */
    private static final int HASH = 24;

    private GrantName() {}

    static String of(Owner owner, Entitlement entitlement) {
        String port = entitlement.port().name();
        String readable = port.length() > READABLE ? port.substring(0, READABLE) : port;
        return readable + "-"
                + Fingerprint.ofParts(
                                owner.installation(),
                                owner.platform(),
                                entitlement.port().uid(),
                                entitlement.principal().name(),
                                entitlement.profile().canonical())
                        .base32(HASH);
    }
}

package dev.portcullis.platform.external.plan;

import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Owner;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

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
                + hash(
                        owner.installation(),
                        owner.platform(),
                        entitlement.port().uid(),
                        entitlement.principal().name(),
                        entitlement.profile().canonical());
    }

    /** Lengths go in too, so that no two lists of parts read the same. */
    private static String hash(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
        String all = new BigInteger(1, digest.digest()).setBit(256).toString(32);
        return all.substring(all.length() - HASH);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

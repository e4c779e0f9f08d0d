package dev.portcullis.platform;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A hash of texts, for names and codes: the same for the same texts at every time, on every machine. SHA-256, of which a few digits are taken. */
public final class Fingerprint {
    private static final int BITS = 256;

    private final byte[] hash;

    private Fingerprint(byte[] hash) {
        this.hash = hash;
    }

    /** Of one text. */
    public static Fingerprint ofText(String text) {
        return new Fingerprint(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Of several: lengths go in too, so that no two lists of parts read the same. */
    public static Fingerprint ofParts(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
        return new Fingerprint(digest.digest());
    }

    /** Digits 0 to 9 and a to v, of 5 bits each; at most 51. */
    public String base32(int digits) {
        String all = new BigInteger(1, hash).setBit(BITS).toString(32);
        return all.substring(all.length() - digits);
    }

    /** The first digits in base 16, of 4 bits each; at most 64. */
    public String hex(int digits) {
        return HexFormat.of().formatHex(hash).substring(0, digits);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package dev.portcullis.cli.document;

import dev.portcullis.api.Bounds;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** Makes names of Kubernetes of names that others gave. The same name always becomes the same. */
public final class Slug {
    private static final int DIGITS = 6;

    private Slug() {}

    /** Lower-case letters, digits and dashes; empty where none is left, or more than fit. */
    public static Optional<String> of(String name) {
        String slug = squeezed(name);
        return slug.isEmpty() || slug.length() > Bounds.NAME ? Optional.empty() : Optional.of(slug);
    }

    /** The same with digits of a hash of the whole name: for names that would else be equal, too long, or nothing at all. */
    public static String distinct(String name) {
        String digits = HexFormat.of().formatHex(sha256(name)).substring(0, DIGITS);
        String slug = squeezed(name);
        String head = trimmed(slug.substring(0, Math.min(slug.length(), Bounds.NAME - DIGITS - 1)));
        return head.isEmpty() ? "x-" + digits : head + "-" + digits;
    }

    private static String squeezed(String name) {
        return trimmed(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
    }

    private static String trimmed(String slug) {
        return slug.replaceAll("^-+|-+$", "");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

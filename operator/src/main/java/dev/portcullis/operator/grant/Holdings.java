package dev.portcullis.operator.grant;

import dev.portcullis.platform.Holding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Words and codes for sets of holdings: what a person is shown and asked to confirm. */
public final class Holdings {
    private static final int LISTED = 20;
    private static final int CODE_BYTES = 6;

    private Holdings() {}

    /** The same for the same set and another one as soon as anything of it changes. */
    public static String code(Collection<Holding> holdings) {
        String all = holdings.stream()
                .map(holding -> holding.portUid() + "\n" + holding.reference() + "\n"
                        + holding.principal().name() + "\n")
                .sorted()
                .collect(Collectors.joining("\n"));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, CODE_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The first of them, in order. */
    public static String list(Collection<Holding> holdings) {
        String first = holdings.stream()
                .map(holding -> holding.principal().name() + " by " + holding.reference())
                .sorted()
                .limit(LISTED)
                .collect(Collectors.joining(", "));
        return holdings.size() > LISTED ? first + " and " + (holdings.size() - LISTED) + " more" : first;
    }
}

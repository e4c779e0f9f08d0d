package dev.portcullis.engine.request;

import dev.portcullis.platform.Fingerprint;

/** A text that a request accepts or answers. It is kept, since whoever wrote it may change it later. */
public record KeptText(String text) {
    private static final String ALGORITHM = "sha256:";
    private static final int SHA_256 = 64;

    /** {@code sha256:} and the SHA-256 of the text in UTF-8, in 64 hexadecimal digits. */
    public String sha256() {
        return ALGORITHM + Fingerprint.ofText(text).hex(SHA_256);
    }
}

package dev.portcullis.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Roles and AccessGrants are found by such names, so they must never be others. */
class FingerprintTest {
    @Test
    void isTheSameInEveryVersion() {
        assertThat(Fingerprint.ofParts("here", "warehouse", "").base32(16)).isEqualTo("4mvbcgehteoab36c");
        assertThat(Fingerprint.ofText("\u00fc").hex(8)).isEqualTo("607474ca");
    }

    @Test
    void noTwoListsReadTheSame() {
        assertThat(Fingerprint.ofParts("a", "bc").base32(24))
                .isNotEqualTo(Fingerprint.ofParts("ab", "c").base32(24))
                .isNotEqualTo(Fingerprint.ofParts("abc").base32(24))
                .hasSize(24);
    }
}

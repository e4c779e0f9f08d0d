package dev.portcullis.operator.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.operator.grant.Others;
import dev.portcullis.platform.Owner;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OtherInstallationsTest {
    private static final Owner GONE = new Owner("gone", "warehouse");

    private final OtherInstallations words = new OtherInstallations("ours", Set.of("warehouse", "lake")::contains);

    @Test
    void nothingToSayOfOurselves() {
        assertThat(words.of(others(Map.of()))).isEmpty();
        assertThat(words.of(others(Map.of(new Owner("ours", "lake"), 3)))).isEmpty();
    }

    @Test
    void namesEachInstallationAndWhatToDo() {
        OtherInstallations.Told told = words.of(others(Map.of(GONE, 12, new Owner("another", "lake"), 1)))
                .orElseThrow();

        assertThat(told.reason()).isEqualTo("LeftAlone");
        assertThat(told.message())
                .contains(
                        "installation another, platform lake (a few roles), installation gone, platform warehouse (tens of roles)",
                        "spec.takeOver",
                        "left alone");
    }

    @Test
    void rolesThatComeAndGoAreNoNews() {
        assertThat(words.of(others(Map.of(GONE, 12)))).isEqualTo(words.of(others(Map.of(GONE, 99))));
        assertThat(words.of(others(Map.of(GONE, 12)))).isNotEqualTo(words.of(others(Map.of(GONE, 100))));
    }

    @Test
    void namesPlatformsOfOurOwnThatAreGone() {
        assertThat(words.of(others(Map.of(new Owner("ours", "old"), 2)))
                        .orElseThrow()
                        .message())
                .contains("installation ours, platform old (a few roles)", "create one of that name")
                .doesNotContain("takeOver");
    }

    @Test
    void saysWhoIsStillAlive() {
        OtherInstallations.Told told =
                words.of(new Others(Map.of(), Set.of(GONE), Set.of(GONE))).orElseThrow();

        assertThat(told.reason()).isEqualTo("StillAlive");
        assertThat(told.message()).contains("installation gone, platform warehouse", "still alive");
    }

    @Test
    void whoeverInventsMarksFillsNoStatus() {
        Map<Owner, Integer> many = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            many.put(new Owner("x".repeat(5000) + i, "y".repeat(5000)), 1);
        }
        String message = words.of(others(many)).orElseThrow().message();

        assertThat(message).hasSizeLessThan(3000).contains("and 990 more", "spec.takeOver");
    }

    private static Others others(Map<Owner, Integer> leftAlone) {
        return new Others(leftAlone, Set.of(), Set.of());
    }
}

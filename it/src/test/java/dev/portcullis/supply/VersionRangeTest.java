package dev.portcullis.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which versions the ranges of advisories mean. */
class VersionRangeTest {
    @ParameterizedTest
    @CsvSource({
        // events, version, affected
        "introduced 0, 0.0.1, true",
        "introduced 0, 1.0-alpha1, true",
        "introduced 0; fixed 1.2, 1.1.9, true",
        "introduced 0; fixed 1.2, 1.2, false",
        "introduced 0; fixed 1.2, 1.2.0, false",
        "introduced 0; fixed 1.2, 1.10, false",
        "introduced 1.0; fixed 1.2, 0.9, false",
        "introduced 1.0; fixed 1.2, 1.0, true",
        // before a release is what Maven knows as such; what it does not know comes behind
        "introduced 0; fixed 1.2, 1.2-alpha1, true",
        "introduced 0; fixed 1.2, 1.2-rc1, true",
        "introduced 0; fixed 1.2, 1.2-SNAPSHOT, true",
        "introduced 0; fixed 1.2, 1.2-jre, false",
        "introduced 0; fixed 1.2-rc2, 1.2-rc1, true",
        "introduced 0; fixed 1.2-rc2, 1.2-rc10, false",
        "introduced 0; fixed 1.2-rc2, 1.2-beta9, true",
        "introduced 0; fixed 33.6.0-jre, 33.5.0-jre, true",
        "introduced 0; fixed 33.6.0-jre, 33.6.0-jre, false",
        "introduced 0; fixed 42.7.10, 42.7.9, true",
        "introduced 0; last_affected 1.2, 1.2, true",
        "introduced 0; last_affected 1.2, 1.2.1, false",
        "introduced 0; last_affected 1.2, 1.2-rc1, true",
        // one line may be left and entered more than once, in whatever order the events are written
        "introduced 0; fixed 1.2; introduced 2.0; fixed 2.3, 1.1, true",
        "introduced 0; fixed 1.2; introduced 2.0; fixed 2.3, 1.5, false",
        "introduced 0; fixed 1.2; introduced 2.0; fixed 2.3, 2.0, true",
        "introduced 0; fixed 1.2; introduced 2.0; fixed 2.3, 2.3, false",
        "fixed 2.3; introduced 2.0; fixed 1.2; introduced 0, 2.2.9, true",
        "fixed 2.3; introduced 2.0; fixed 1.2; introduced 0, 1.9, false",
        "introduced 0; limit 2.0, 1.9, true",
        "introduced 0; limit 2.0, 2.0, false",
        "introduced 0; limit *, 9.0, true",
        "fixed 1.2, 1.0, false",
    })
    void inTheOrderOfMaven(String events, String version, boolean affected) {
        assertThat(range(VersionOrder.MAVEN, events).contains(version)).isEqualTo(affected);
    }

    @ParameterizedTest
    @CsvSource({
        // whatever stands behind the hyphen comes before the release
        "introduced 0; fixed 1.2.0, 1.2.0-foo, true",
        "introduced 0; fixed 1.2.0, 1.2.0-jre, true",
        "introduced 0; fixed 1.2.0, 1.2.0+build.5, false",
        "introduced 0; fixed 1.2.0, 1.10.0, false",
        "introduced 0; fixed 1.2.0-rc.10, 1.2.0-rc.9, true",
        "introduced 0; fixed 1.2.0-rc.2, 1.2.0-rc.10, false",
        "introduced 0; fixed 1.2.0-rc.1, 1.2.0-rc, true",
        "introduced 0; fixed 1.2.0-alpha.beta, 1.2.0-alpha.1, true",
        "introduced 0; fixed 1.2.0-beta, 1.2.0-alpha.beta, true",
        "introduced 0; last_affected 1.2.0, 1.2.1, false",
        // what is no such version
        "introduced 0; fixed 1.2.0, 1.2.0.1, false",
        "introduced 0; fixed 1.2, 1.1, true",
    })
    void inTheOrderOfSemanticVersions(String events, String version, boolean affected) {
        assertThat(range(VersionOrder.SEMANTIC, events).contains(version)).isEqualTo(affected);
    }

    @Test
    void theFixIsTheNextVersionThatHasIt() {
        VersionRange range = range(VersionOrder.MAVEN, "introduced 0; fixed 1.10; introduced 2.0; fixed 2.3");

        assertThat(range.fixOf("1.9")).contains("1.10");
        assertThat(range.fixOf("2.1")).contains("2.3");
        assertThat(range(VersionOrder.MAVEN, "introduced 0; last_affected 2.3").fixOf("2.1"))
                .isEmpty();
    }

    private static VersionRange range(VersionOrder order, String events) {
        List<VersionRange.Event> all = new ArrayList<>();
        for (String event : events.split("; ", -1)) {
            String[] kindAndVersion = event.split(" ", -1);
            all.add(new VersionRange.Event(
                    VersionRange.Kind.valueOf(kindAndVersion[0].toUpperCase(Locale.ROOT)), kindAndVersion[1]));
        }
        return new VersionRange(order, all);
    }
}

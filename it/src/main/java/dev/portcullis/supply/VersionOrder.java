package dev.portcullis.supply;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.jspecify.annotations.Nullable;

/** In which order an advisory means versions. */
enum VersionOrder {
    /** As Maven orders them: 1.0-rc1 before 1.0, 1.0-jre after it. */
    MAVEN,

    /** As semver.org says: whatever stands behind a hyphen is before the version itself. What is no such version is ordered as Maven does. */
    SEMANTIC;

    private static final Pattern SEMANTIC_VERSION =
            Pattern.compile("(\\d+\\.\\d+\\.\\d+)(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");

    int compare(String one, String other) {
        return switch (this) {
            case MAVEN -> new ComparableVersion(one).compareTo(new ComparableVersion(other));
            case SEMANTIC -> semantically(one, other);
        };
    }

    private static int semantically(String one, String other) {
        Matcher first = SEMANTIC_VERSION.matcher(one);
        Matcher second = SEMANTIC_VERSION.matcher(other);
        if (!first.matches() || !second.matches()) {
            return MAVEN.compare(one, other);
        }
        int release = MAVEN.compare(first.group(1), second.group(1));
        return release != 0 ? release : preReleases(first.group(2), second.group(2));
    }

    private static int preReleases(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return Boolean.compare(one == null, other == null);
        }
        String[] first = one.split("\\.", -1);
        String[] second = other.split("\\.", -1);
        for (int i = 0; i < Math.min(first.length, second.length); i++) {
            int order = identifiers(first[i], second[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(first.length, second.length);
    }

    private static int identifiers(String one, String other) {
        boolean number = isNumber(one);
        if (number != isNumber(other)) {
            return number ? -1 : 1;
        }
        return number ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
    }

    private static boolean isNumber(String identifier) {
        return !identifier.isEmpty() && identifier.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}

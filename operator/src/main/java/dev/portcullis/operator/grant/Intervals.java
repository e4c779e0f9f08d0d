package dev.portcullis.operator.grant;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as DataPlatforms write them: 5m, 30s, 1h30m. The schema lets nothing else in. */
final class Intervals {
    private static final Pattern PART = Pattern.compile("([0-9]{1,5})([hms])");

    private Intervals() {}

    static Duration parse(String text) {
        Duration sum = Duration.ZERO;
        Matcher parts = PART.matcher(text);
        while (parts.find()) {
            long count = Long.parseLong(parts.group(1));
            sum = sum.plus(
                    switch (parts.group(2)) {
                        case "h" -> Duration.ofHours(count);
                        case "m" -> Duration.ofMinutes(count);
                        default -> Duration.ofSeconds(count);
                    });
        }
        return sum.isZero() ? Duration.ofMinutes(5) : sum;
    }
}

package dev.portcullis.operator.text;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/** How many new texts were kept for each provider today. Texts are kept for ever, so nobody may have one after the other kept and fill the API server. */
final class NewTexts {
    /** Many more than people write; of the longest texts it is 32 MB. */
    static final int MOST_A_DAY = 500;

    private final Map<String, Integer> counts = new HashMap<>();
    private LocalDate day = LocalDate.EPOCH;

    synchronized boolean areTooMany(String namespace, LocalDate today) {
        if (!today.equals(day)) {
            counts.clear();
            day = today;
        }
        return counts.getOrDefault(namespace, 0) >= MOST_A_DAY;
    }

    synchronized void add(String namespace) {
        counts.merge(namespace, 1, Integer::sum);
    }
}

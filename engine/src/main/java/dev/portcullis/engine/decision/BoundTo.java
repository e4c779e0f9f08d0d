package dev.portcullis.engine.decision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.api.Annotations;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The agreement that a Decision was found to be about, and what backups have brought back of it since. All of them are kept: the next backup knows the
 * latest alone, and an older one only one of those before.
 *
 * @param uids the latest last; none as long as nobody looked
 */
record BoundTo(List<String> uids) {
    private static final String BETWEEN = ",";

    /** An annotation has to end somewhere; whoever restores knows one of the latest. */
    private static final int MOST = 16;

    /** The API server takes annotations of 256 KiB, and etcd objects of 1.5 MiB, if nobody has told them otherwise. */
    private static final int HEAVIEST_ANNOTATIONS = 128 * 1024;

    private static final int HEAVIEST = 1024 * 1024;

    /**
     * The API server notes for each writer which fields are that one's, by their names, and whoever may change an object may have it do so for many. The operator reads how many
     * writers there are and not what is noted of them: at most so many times what they wrote.
     */
    private static final int NOTED_OF_A_WRITER = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the annotation says, else the status: a backup may have either. */
    static BoundTo of(Decision decision) {
        return new BoundTo(Optional.ofNullable(decision.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(Annotations.AGREEMENT_UID))
                .or(() -> Optional.ofNullable(decision.getStatus()).map(DecisionStatus::agreementUid))
                .map(text -> List.of(text.split(BETWEEN)))
                .orElse(List.of()));
    }

    /** Whether the API server would take the annotation, too, for certain: whoever may file Decisions can fill one up to what it stores. */
    static boolean hasRoomIn(Decision decision) {
        Map<String, String> annotations =
                Optional.ofNullable(decision.getMetadata().getAnnotations()).orElse(Map.of());
        int annotated = annotations.entrySet().stream()
                .mapToInt(entry -> weight(entry.getKey()) + weight(entry.getValue()))
                .sum();
        try {
            return annotated <= HEAVIEST_ANNOTATIONS
                    && JSON.writeValueAsBytes(decision).length * (1 + NOTED_OF_A_WRITER * writers(decision))
                            <= HEAVIEST;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON is JSON", e);
        }
    }

    private static long writers(Decision decision) {
        return Optional.ofNullable(decision.getMetadata().getManagedFields())
                .map(List::size)
                .orElse(0);
    }

    private static int weight(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    boolean isNobodys() {
        return uids.isEmpty();
    }

    boolean names(String agreement) {
        return uids.contains(agreement);
    }

    /** Whether it was about an earlier one than this. */
    boolean beganBefore(String agreement) {
        return !uids.isEmpty() && !uids.get(0).equals(agreement);
    }

    Optional<String> latest() {
        return uids.isEmpty() ? Optional.empty() : Optional.of(uids.get(uids.size() - 1));
    }

    /** As the annotation has it once it is about this one, too. */
    String with(String agreement) {
        List<String> all = Stream.concat(uids.stream(), Stream.of(agreement)).toList();
        return String.join(BETWEEN, all.subList(Math.max(0, all.size() - MOST), all.size()));
    }
}

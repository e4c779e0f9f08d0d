package dev.portcullis.engine.status;

import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of the platform's answer to exactly what is asked now.
 *
 * @param isThere whether it was asked exactly that since the operator started; if not, what was said of it stands
 * @param troubles what it refused
 * @param waits what it has not answered yet, a sentence each
 * @param notes what else it said
 */
record PlatformAnswer(boolean isThere, List<Problem> troubles, List<String> waits, List<Problem> notes) {
    static PlatformAnswer of(Access access, Optional<GrantReport> report) {
        Optional<GrantReport> answer = report.filter(read -> read.basis().equals(access));
        List<Problem> troubles =
                new ArrayList<>(answer.map(GrantReport::troubles).orElse(List.of()));
        if (access instanceof Access.Wanted wanted) {
            wanted.withoutPrincipal().forEach(message -> troubles.add(Problem.healing("PrincipalInvalid", message)));
        }
        return new PlatformAnswer(
                answer.isPresent(),
                List.copyOf(troubles),
                answer.map(GrantReport::waits).orElse(List.of()),
                answer.map(GrantReport::notes).orElse(List.of()));
    }

    boolean isWaiting() {
        return !waits.isEmpty();
    }

    /** All that is not as it should be, what is under way first. */
    String sentences() {
        return Sentences.joined(Stream.concat(waits.stream(), troubles.stream().map(Problem::message))
                .toList());
    }
}

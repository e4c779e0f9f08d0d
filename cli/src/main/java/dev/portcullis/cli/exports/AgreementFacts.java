package dev.portcullis.cli.exports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.port.Contract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agreement in words that every standard has.
 *
 * @param id the same for the same agreement, whether it is read from Git or from a cluster
 * @param start when the access begins, as far as that is known
 * @param noted a day for standards that cannot do without a start: of the approval, of the request, or of the export
 * @param end the first moment without the access
 * @param recertifyBy until when somebody has to say that it stays
 * @param role what holds the access on the platform
 * @param terms the text that was accepted
 * @param limitation less than the port offers, in a sentence
 * @param extensions what the standards have no field for, by names of ours
 */
record AgreementFacts(
        String id,
        String name,
        String purpose,
        ApprovalStatus status,
        boolean active,
        Optional<Instant> start,
        Instant noted,
        Optional<Instant> end,
        Optional<Instant> recertifyBy,
        Provider provider,
        Consumer consumer,
        Optional<String> role,
        Optional<String> terms,
        Optional<String> limitation,
        List<String> tags,
        Map<String, String> links,
        Map<String, JsonNode> extensions) {
    /** Who offers what. */
    record Provider(String team, String dataProduct, String outputPort, Optional<Contract> contract) {}

    /** Who gets it. */
    record Consumer(Optional<String> team, Optional<String> dataProduct, Optional<String> user) {}
}

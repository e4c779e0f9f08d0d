package dev.portcullis.cli.exports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.agreement.DataUsageAgreement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What came of agreements.
 *
 * @param documents by their ids, in order
 * @param leftOut agreements there is no document of, and why; a sentence each
 */
record Export(Map<String, ObjectNode> documents, List<String> leftOut) {
    /**
     * @param namespace only agreements of this one
     * @param now for requests that nobody knows the day of
     */
    static Export of(Inventory inventory, Standard standard, Optional<String> namespace, Instant now) {
        FactsReader reader = new FactsReader(inventory, now);
        Predicate<DataUsageAgreement> wanted = agreement ->
                namespace.map(agreement.getMetadata().getNamespace()::equals).orElse(true);
        Map<String, ObjectNode> documents = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        for (DataUsageAgreement agreement : inventory.agreements()) {
            if (wanted.test(agreement)) {
                FactsReader.Result read = reader.read(agreement);
                if (read instanceof FactsReader.Result.Ok ok) {
                    documents.put(ok.facts().id(), standard.document(ok.facts()));
                } else if (read instanceof FactsReader.Result.Missing missing) {
                    leftOut.add("DataUsageAgreement " + agreement.getMetadata().getNamespace() + "/"
                            + agreement.getMetadata().getName() + " is left out: " + missing.message());
                }
            }
        }
        return new Export(documents, leftOut);
    }
}

package dev.portcullis.cli.exports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.Annotations;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/** The Data Usage Agreement Specification 0.0.1, of datausageagreement.com. It knows days, the last one included, and cannot do without the first. */
final class UsageAgreementDocument {
    private UsageAgreementDocument() {}

    static ObjectNode of(AgreementFacts facts) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("dataUsageAgreementSpecification", "0.0.1").put("id", facts.id());
        ObjectNode info = document.putObject("info")
                .put("purpose", facts.purpose())
                .put("status", facts.status().name().toLowerCase(Locale.ROOT))
                .put("active", facts.active())
                .put("startDate", day(facts.start().orElse(facts.noted())));
        facts.end().ifPresent(end -> info.put("endDate", day(end.minusNanos(1))));
        provider(document.putObject("provider"), facts.provider());
        consumer(document.putObject("consumer"), facts.consumer());
        if (!facts.tags().isEmpty()) {
            ArrayNode tags = document.putArray("tags");
            facts.tags().forEach(tags::add);
        }
        if (!facts.links().isEmpty()) {
            facts.links().forEach(document.putObject("links")::put);
        }
        ObjectNode custom = document.putObject("custom");
        facts.extensions().forEach((name, value) -> custom.set(Annotations.PREFIX + name, value));
        facts.terms().ifPresent(text -> custom.put(Annotations.PREFIX + "terms", text));
        return document;
    }

    static void provider(ObjectNode node, AgreementFacts.Provider provider) {
        node.put("teamId", provider.team())
                .put("dataProductId", provider.dataProduct())
                .put("outputPortId", provider.outputPort());
        provider.contract().ifPresent(contract -> node.put("dataContractId", contract.id()));
    }

    static void consumer(ObjectNode node, AgreementFacts.Consumer consumer) {
        consumer.team().ifPresent(team -> node.put("teamId", team));
        consumer.dataProduct().ifPresent(product -> node.put("dataProductId", product));
        consumer.user().ifPresent(user -> node.put("userId", user));
    }

    private static String day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}

package dev.portcullis.cli.exports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.port.Contract;
import dev.portcullis.engine.time.Times;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The Open Data Access Agreement v0.9.0, a proposal to Bitol (RFC 56). It knows moments; whatever else there is goes into properties in camel case. */
final class AccessAgreementDocument {
    private static final String PREFIX = "portcullis";
    private static final Pattern SEMVER =
            Pattern.compile("(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[-.0-9A-Za-z]+)?(\\+[-.0-9A-Za-z]+)?");

    private AccessAgreementDocument() {}

    static ObjectNode of(AgreementFacts facts) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        Map<String, JsonNode> extensions = new LinkedHashMap<>(facts.extensions());
        document.put("apiVersion", "v0.9.0")
                .put("kind", "AccessAgreement")
                .put("id", facts.id())
                .put("name", facts.name())
                .put("status", facts.status().name().toLowerCase(Locale.ROOT));
        ObjectNode description = document.putObject("description").put("purpose", facts.purpose());
        facts.limitation().ifPresent(less -> description.put("limitations", less));
        facts.terms().ifPresent(text -> description.put("terms", text));
        facts.start().ifPresent(start -> document.put("startTimestamp", Times.text(start)));
        facts.end().ifPresent(end -> document.put("endTimestamp", Times.text(end)));
        facts.recertifyBy().ifPresent(by -> document.put("nextReassessmentTimestamp", Times.text(by)));
        ObjectNode provider = document.putObject("provider");
        UsageAgreementDocument.provider(provider, facts.provider());
        facts.provider().contract().map(Contract::version).ifPresent(version -> version(provider, version, extensions));
        UsageAgreementDocument.consumer(document.putObject("consumer"), facts.consumer());
        facts.role().ifPresent(role -> document.putArray("roles").addObject().put("role", role));
        if (!facts.tags().isEmpty()) {
            ArrayNode tags = document.putArray("tags");
            facts.tags().forEach(tags::add);
        }
        links(document, facts.links(), extensions);
        extensions.put("active", JsonNodeFactory.instance.booleanNode(facts.active()));
        ArrayNode properties = document.putArray("customProperties");
        extensions.forEach((name, value) ->
                properties.addObject().put("property", PREFIX + capital(name)).set("value", value));
        return document;
    }

    private static void version(ObjectNode provider, String version, Map<String, JsonNode> extensions) {
        if (SEMVER.matcher(version).matches()) {
            provider.put("dataContractVersion", version);
        } else {
            extensions.put("dataContractVersion", JsonNodeFactory.instance.textNode(version));
        }
    }

    private static void links(ObjectNode document, Map<String, String> links, Map<String, JsonNode> extensions) {
        ArrayNode definitions = JsonNodeFactory.instance.arrayNode();
        ObjectNode others = JsonNodeFactory.instance.objectNode();
        links.forEach((name, link) -> {
            if (isAddress(link)) {
                definitions.addObject().put("type", name).put("url", link);
            } else {
                others.put(name, link);
            }
        });
        if (!definitions.isEmpty()) {
            document.set("authoritativeDefinitions", definitions);
        }
        if (!others.isEmpty()) {
            extensions.put("links", others);
        }
    }

    private static boolean isAddress(String link) {
        try {
            return new URI(link).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}

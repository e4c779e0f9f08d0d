package dev.portcullis.engine.request;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.platform.Fingerprint;
import java.util.Set;

/**
 * What a decision is about, in one word: the hash of all that is asked for and accepted. Nothing goes in that a restore changes (the UIDs), and nothing that
 * may change later without being asked again.
 */
public final class RequestHash {
    /** The fields of spec that are no part of what was asked; all others are fixed, and go in. */
    static final Set<String> MUTABLE = Set.of("suspend", "cancelled", "tags", "links");

    private static final int SHA_256 = 64;
    private static final ObjectMapper JSON = new ObjectMapper();

    private RequestHash() {}

    /** {@code sha256:} and 64 hexadecimal digits. */
    public static String of(DataUsageAgreement agreement, Snapshot snapshot) {
        ObjectNode content = JSON.createObjectNode();
        content.put("version", "portcullis.dev/request/v1");
        content.put("namespace", agreement.getMetadata().getNamespace());
        content.put("name", agreement.getMetadata().getName());
        Requester.requestedBy(agreement).ifPresent(user -> content.put("requester", user));
        ObjectNode asked = JSON.valueToTree(agreement.getSpec());
        content.set("spec", asked.remove(MUTABLE));
        content.set("objects", JSON.valueToTree(snapshot.objects()));
        content.set("terms", JSON.valueToTree(snapshot.terms()));
        if (!snapshot.questions().isEmpty()) {
            content.set("questions", JSON.valueToTree(snapshot.questions()));
        }
        if (snapshot.changes() != null) {
            content.put("changes", snapshot.changes().name());
        }
        return "sha256:" + Fingerprint.ofText(CanonicalText.of(content)).hex(SHA_256);
    }
}

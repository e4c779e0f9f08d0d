package dev.portcullis.it;

import java.util.HashMap;
import java.util.Map;

/** What clients write along where the API server does not stamp it, as on Kubernetes below 1.36. */
public final class WholeClient {
    private WholeClient() {}

    /** The annotations of a new agreement, with those that say who requests and who decides. */
    public static Map<String, String> ofNewAgreement(String user, Map<String, String> annotations) {
        Map<String, String> whole = new HashMap<>(annotations);
        whole.putIfAbsent("portcullis.dev/requested-by", user);
        if (!user.equals(whole.get("portcullis.dev/requested-by"))) {
            whole.putIfAbsent("portcullis.dev/written-by", user);
        }
        return withDecision(user, whole);
    }

    /** Annotations, with those that say who decides where there is a decision. */
    public static Map<String, String> withDecision(String user, Map<String, String> annotations) {
        Map<String, String> whole = new HashMap<>(annotations);
        if (whole.containsKey("portcullis.dev/decision")) {
            whole.putIfAbsent("portcullis.dev/decided-by", user);
            whole.putIfAbsent("portcullis.dev/recorded-by", user);
        }
        return whole;
    }
}

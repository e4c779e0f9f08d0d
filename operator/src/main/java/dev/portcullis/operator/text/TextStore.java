package dev.portcullis.operator.text;

import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.request.KeptText;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Texts in immutable ConfigMaps of the operator's namespace, one for each text, named by its hash. They are created where they are not there, and never written
 * again nor deleted: what somebody accepted must be there to be read when product, policy and agreement are gone.
 */
public final class TextStore {
    private static final String PREFIX = "portcullis-text-";
    private static final String KEY = "text";
    private static final String LABEL = "app.kubernetes.io/component";
    private static final int DIGITS = 40;
    private static final int MOST_REMEMBERED = 10_000;

    /** Somebody may have deleted one: it is there again when it is accepted or answered next. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final KubernetesClient client;
    private final String namespace;
    private final Clock clock;
    private final NewTexts created = new NewTexts();
    /** Hashes of those that were seen to be there, and until when that is believed. */
    private final Map<String, Instant> kept = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    /** @param namespace the operator's own */
    public TextStore(KubernetesClient client, String namespace, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
    }

    /**
     * Keeps texts before something names them. A server that cannot be reached is an exception, to be tried again.
     *
     * @param provider the namespace whose product is asked for
     * @return why one cannot be kept; empty: all are
     */
    public Optional<Problem> keep(String provider, List<KeptText> texts) {
        return texts.stream()
                .filter(text -> !isRemembered(text))
                .map(text -> keep(provider, text))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private boolean isRemembered(KeptText text) {
        Instant until = kept.get(text.sha256());
        return until != null && clock.instant().isBefore(until);
    }

    /** Where a text is kept. */
    static String name(KeptText text) {
        int digits = text.sha256().indexOf(':') + 1;
        return PREFIX + text.sha256().substring(digits, digits + DIGITS);
    }

    private Optional<Problem> keep(String provider, KeptText text) {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        Optional<Problem> fault;
        if (created.areTooMany(provider, today)) {
            fault = there(text).map(map -> faultIn(map, text)).orElseGet(() -> Optional.of(tooMany(provider)));
        } else {
            fault = create(provider, text);
        }
        if (fault.isEmpty()) {
            kept.put(text.sha256(), clock.instant().plus(REMEMBERED));
        }
        return fault;
    }

    private Optional<Problem> create(String provider, KeptText text) {
        try {
            client.resource(configMap(text)).create();
            created.add(provider);
            return Optional.empty();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return faultIn(there(text).orElseThrow(() -> e), text);
            }
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return Optional.of(notKept("the API server refuses ConfigMap " + namespace + "/" + name(text) + " ("
                        + e.getMessage() + "): the platform team applies the operator's roles anew, or makes room"));
            }
            throw e;
        }
    }

    private Optional<ConfigMap> there(KeptText text) {
        return Optional.ofNullable(
                client.configMaps().inNamespace(namespace).withName(name(text)).get());
    }

    /** It is ours, or says the same, or was put there by somebody who wants another text to be believed. */
    private Optional<Problem> faultIn(ConfigMap there, KeptText text) {
        String said = Optional.ofNullable(there.getData())
                .map(data -> data.getOrDefault(KEY, ""))
                .orElse("");
        return said.equals(text.text())
                ? Optional.empty()
                : Optional.of(
                        notKept(
                                "ConfigMap " + namespace + "/" + name(text)
                                        + " has another text than its name says, and is not overwritten: the platform team finds out who wrote it, and deletes it"));
    }

    private static Problem tooMany(String provider) {
        return notKept("more than " + NewTexts.MOST_A_DAY + " different terms and questions of namespace " + provider
                + " were accepted or answered today, and no more are kept: they are tomorrow");
    }

    private static Problem notKept(String why) {
        return Problem.healing("TextNotKept", "what the request accepts or answers cannot be kept: " + why);
    }

    private ConfigMap configMap(KeptText text) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name(text))
                .withNamespace(namespace)
                .addToLabels("app.kubernetes.io/name", "portcullis")
                .addToLabels(LABEL, "text")
                .endMetadata()
                .withImmutable(true)
                .withData(Map.of(KEY, text.text()))
                .build();
    }
}

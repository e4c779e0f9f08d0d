package dev.portcullis.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The id that marks this installation's grants on every platform. Written once, into a ConfigMap, and never overwritten: with another id the operator
 * would not know its own grants any more.
 */
final class InstallationId {
    private static final String NAME = "portcullis-installation";
    private static final String KEY = "id";

    private InstallationId() {}

    /**
     * @param chosen the id to write where there is none yet; absent: a random one
     * @param first done before a random one is written: nothing is known of this installation. One that was chosen may be that of an installation whose objects
     *     were restored with their statuses
     * @throws CannotStart when the ConfigMap says another id than the chosen one, or none
     */
    static String readOrCreate(KubernetesClient client, String namespace, Optional<String> chosen, Runnable first) {
        // whose id is lost is not new: nothing is taken away from its objects
        String id = find(client, namespace).map(there -> idOf(there, namespace)).orElseGet(() -> {
            if (chosen.isEmpty()) {
                first.run();
            }
            return create(client, namespace, chosen);
        });
        if (chosen.isPresent() && !chosen.get().equals(id)) {
            throw new CannotStart("ConfigMap " + namespace + "/" + NAME + " says this installation is " + id
                    + ", the configuration says " + chosen.get()
                    + ": remove the setting, or restore the right ConfigMap");
        }
        return id;
    }

    static Optional<String> read(KubernetesClient client, String namespace) {
        return find(client, namespace).flatMap(InstallationId::idOf);
    }

    private static Optional<ConfigMap> find(KubernetesClient client, String namespace) {
        return Optional.ofNullable(
                client.configMaps().inNamespace(namespace).withName(NAME).get());
    }

    private static Optional<String> idOf(ConfigMap there) {
        return Optional.ofNullable(there.getData()).map(data -> data.get(KEY));
    }

    private static String idOf(ConfigMap there, String namespace) {
        return idOf(there)
                .orElseThrow(() -> new CannotStart("ConfigMap " + namespace + "/" + NAME + " has no key " + KEY
                        + ": restore it, or delete the ConfigMap of a new installation"));
    }

    private static String create(KubernetesClient client, String namespace, Optional<String> chosen) {
        String id = chosen.orElseGet(() -> UUID.randomUUID().toString());
        try {
            client.resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName(NAME)
                            .withNamespace(namespace)
                            .endMetadata()
                            .withData(Map.of(KEY, id))
                            .build())
                    .create();
            return id;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return find(client, namespace)
                        .map(there -> idOf(there, namespace))
                        .orElseThrow(() -> e);
            }
            throw e;
        }
    }
}

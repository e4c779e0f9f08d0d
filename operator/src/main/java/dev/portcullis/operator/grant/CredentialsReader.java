package dev.portcullis.operator.grant;

import dev.portcullis.api.platform.SecretReference;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.LoginSecrets;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Reads the Secrets that a DataPlatform names, each time anew: they are neither watched nor kept. */
public final class CredentialsReader {
    private static final String NOT_READABLE = "SecretNotReadable";
    private static final String NOT_USABLE = "SecretNotUsable";

    private final KubernetesClient client;

    public CredentialsReader(KubernetesClient client) {
        this.client = client;
    }

    /** A Secret that cannot be used; the problem says what to do. */
    public static final class NotUsableException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Problem problem;

        NotUsableException(String reason, String message) {
            super(message);
            problem = Problem.healing(reason, message);
        }

        public Problem problem() {
            return problem;
        }

        /** Whether the Secret has all it should, and no server takes it. */
        boolean isOfContent() {
            return problem.reason().equals(NOT_USABLE);
        }

        /** Whether the Secret may be as it should, and only the API server cannot say so now. */
        boolean isPassing() {
            return problem.reason().equals(NOT_READABLE);
        }
    }

    public Credentials read(LoginSecrets names) throws NotUsableException {
        Secret login = secret(names.login());
        Optional<String> ca = Optional.empty();
        if (names.ca().isPresent()) {
            ca = Optional.of(value(secret(names.ca().get()), names.ca().get(), "ca.crt"));
        }
        String username = value(login, names.login(), "username");
        if (username.chars().anyMatch(Character::isISOControl)) {
            throw notUsable(
                    names.login(),
                    "username has a control character in it, such as a line break at its end: write it without");
        }
        String password = value(login, names.login(), "password");
        if (password.indexOf(0) >= 0) {
            throw notUsable(names.login(), "password has a zero character in it, which no server takes: set another");
        }
        return new Credentials(username, password, ca);
    }

    private static NotUsableException notUsable(SecretReference reference, String why) {
        return new NotUsableException(
                NOT_USABLE, "Secret " + reference.namespace() + "/" + reference.name() + ": its " + why);
    }

    private Secret secret(SecretReference reference) throws NotUsableException {
        String which = reference.namespace() + "/" + reference.name();
        try {
            Secret secret = client.secrets()
                    .inNamespace(reference.namespace())
                    .withName(reference.name())
                    .get();
            if (secret == null) {
                throw new NotUsableException("SecretNotFound", "there is no Secret " + which + ": create it");
            }
            return secret;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                throw new NotUsableException(
                        "SecretForbidden",
                        "the operator may not read Secret " + which + ": in namespace " + reference.namespace()
                                + " create a Role with resources: [secrets], resourceNames: [" + reference.name()
                                + "], verbs: [get], and bind it to the operator's ServiceAccount");
            }
            throw new NotUsableException(NOT_READABLE, "Secret " + which + " cannot be read now; it is tried again");
        }
    }

    private static String value(Secret secret, SecretReference reference, String key) throws NotUsableException {
        String encoded = Optional.ofNullable(secret.getData()).orElse(Map.of()).get(key);
        if (encoded == null || encoded.isEmpty()) {
            throw new NotUsableException(
                    "SecretIncomplete",
                    "Secret " + reference.namespace() + "/" + reference.name() + " has no " + key + ": add it");
        }
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}

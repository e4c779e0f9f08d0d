package dev.portcullis.local;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Who is who in a local cluster: the keys and tokens that the API server believes, and the kubeconfig files and client
 * configurations that present them. All of it in one folder, for its owner's eyes only.
 */
final class KubeCredentials {
    private final Path dir;
    private final String adminToken = randomToken();
    private final String managerToken = randomToken();

    /** New ones, written to {@code dir}, which must be there. */
    KubeCredentials(Path dir) {
        this.dir = dir;
        writeTokens();
        writeServiceAccountKeys();
    }

    // ---------------------------------------------------------------------------------------- for the servers

    /** The tokens of the administrator (system:masters) and the controller manager. */
    Path tokensFile() {
        return dir.resolve("tokens.csv");
    }

    /** The key that signs the tokens of service accounts. */
    Path serviceAccountKey() {
        return dir.resolve("service-accounts.key");
    }

    /** The key that proves the tokens of service accounts. */
    Path serviceAccountPublicKey() {
        return dir.resolve("service-accounts.pub");
    }

    /** The folder of the certificate that the API server makes for itself. */
    Path certificates() {
        return dir.resolve("apiserver");
    }

    /** What its clients have to trust; not there before its first start. */
    Path caFile() {
        return certificates().resolve("apiserver.crt");
    }

    /**
     * Whether the API server has written its certificate, as a whole: it writes its key after it. Whoever reads half of a certificate once trusts nobody for good.
     */
    boolean areIssued() {
        return Files.exists(certificates().resolve("apiserver.key"));
    }

    /** The API server's own certificate and key, as a client would have them; not there before its first start. */
    Config servingConfig() {
        return new ConfigBuilder(Config.empty())
                .withClientCertFile(caFile().toString())
                .withClientKeyFile(certificates().resolve("apiserver.key").toString())
                .withCaCertFile(caFile().toString())
                .build();
    }

    // ---------------------------------------------------------------------------------------- for their clients

    /** A client configuration of the administrator. */
    Config adminConfig(String url) {
        return new ConfigBuilder()
                .withAutoConfigure(false)
                .withMasterUrl(url)
                .withCaCertData(caData())
                .withOauthToken(adminToken)
                .withRequestTimeout(20_000)
                .withConnectionTimeout(5_000)
                // a test that looks at a stopped server wants to know now
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    /** The administrator's kubeconfig file, there once it was written. */
    Path adminKubeconfig() {
        return dir.resolve("admin.kubeconfig");
    }

    void writeAdminKubeconfig(String url) {
        writeKubeconfig(adminKubeconfig(), url, "admin", adminToken);
    }

    Path writeManagerKubeconfig(String url) {
        return writeKubeconfig(
                dir.resolve("controller-manager.kubeconfig"), url, "system:kube-controller-manager", managerToken);
    }

    Path writeServiceAccountKubeconfig(String url, String namespace, String serviceAccount, String token) {
        return writeKubeconfig(
                dir.resolve(namespace + "-" + serviceAccount + ".kubeconfig"),
                url,
                "system:serviceaccount:" + namespace + ":" + serviceAccount,
                token);
    }

    // ---------------------------------------------------------------------------------------- inside

    private Path writeKubeconfig(Path file, String url, String user, String token) {
        return write(file, """
                apiVersion: v1
                kind: Config
                clusters:
                - name: local
                  cluster:
                    server: %s
                    certificate-authority-data: %s
                users:
                - name: %s
                  user:
                    token: %s
                contexts:
                - name: local
                  context: {cluster: local, user: "%s"}
                current-context: local
                """.formatted(url, caData(), user, token, user));
    }

    private void writeTokens() {
        write(
                tokensFile(),
                "%s,admin,admin,system:masters%n%s,system:kube-controller-manager,system:kube-controller-manager%n"
                        .formatted(adminToken, managerToken));
    }

    private void writeServiceAccountKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            write(serviceAccountKey(), pem("PRIVATE KEY", pair.getPrivate()));
            write(serviceAccountPublicKey(), pem("PUBLIC KEY", pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, Key key) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded()) + "\n-----END " + what
                + "-----\n";
    }

    private String caData() {
        try {
            return Base64.getEncoder().encodeToString(Files.readString(caFile()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path file, String content) {
        try {
            Files.deleteIfExists(file);
            // created as the owner's alone: the content is a credential
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String randomToken() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certification authority that nobody but its users knows, and a server's certificate by it for 127.0.0.1. */
final class PrivateCa {
    private static final String STORE = "changeit";

    private final Path directory;

    PrivateCa(Path directory) throws Exception {
        this.directory = Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        keytool("-genkeypair", "ca", "-keyalg", "EC", "-dname", "CN=private ca", "-ext", "bc:critical=ca:true");
        keytool("-exportcert", "ca", "-rfc", "-file", file("ca.crt"));
        keytool("-genkeypair", "server", "-keyalg", "EC", "-dname", "CN=database");
        keytool("-certreq", "server", "-file", file("server.csr"));
        keytool(
                "-gencert",
                "ca",
                "-infile",
                file("server.csr"),
                "-outfile",
                file("server.crt"),
                "-rfc",
                "-ext",
                "san=ip:127.0.0.1");
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("keys.p12"))) {
            store.load(in, STORE.toCharArray());
        }
        byte[] key = store.getKey("server", STORE.toCharArray()).getEncoded();
        Path pem = directory.resolve("server.key");
        Files.writeString(
                pem,
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
        Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-------"));
    }

    /** What a client trusts. */
    String certificate() throws Exception {
        return Files.readString(directory.resolve("ca.crt"));
    }

    String serverCertificateFile() {
        return file("server.crt");
    }

    String serverKeyFile() {
        return file("server.key");
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private void keytool(String command, String alias, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                command,
                "-alias",
                alias,
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE,
                "-keystore",
                file("keys.p12")));
        all.addAll(List.of(more));
        Process process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(() -> "keytool " + command + ", see " + file("keytool.log"))
                .isZero();
    }
}

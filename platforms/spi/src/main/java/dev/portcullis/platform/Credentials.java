package dev.portcullis.platform;

import java.util.Optional;

/**
 * How the operator logs in. Never printed.
 *
 * @param username the login
 * @param password its password
 * @param caCertificates PEM, where the server's certificate is checked against own ones
 */
public record Credentials(String username, String password, Optional<String> caCertificates) {
    /** Of a platform that needs no login. */
    public static final Credentials NONE = new Credentials("", "", Optional.empty());

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}

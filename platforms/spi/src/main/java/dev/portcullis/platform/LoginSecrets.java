package dev.portcullis.platform;

import dev.portcullis.api.platform.SecretReference;
import java.util.Optional;

/**
 * The Secrets a platform's login is in.
 *
 * @param login of type kubernetes.io/basic-auth
 * @param ca has the key ca.crt; empty: the server's certificate is not checked against own ones
 */
public record LoginSecrets(SecretReference login, Optional<SecretReference> ca) {}

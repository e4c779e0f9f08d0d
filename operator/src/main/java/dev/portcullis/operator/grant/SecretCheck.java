package dev.portcullis.operator.grant;

import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.LoginSecrets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Looks now and then whether the Secrets of a platform say something else than before: they are not watched. In a thread of its own, since the API server may
 * take its time, and no revoke waits for that. Used by one thread.
 */
final class SecretCheck {
    /** Other ones than any that are used. */
    private static final Credentials UNUSABLE = new Credentials("", "", Optional.empty());

    private final CredentialsReader reader;
    private final Optional<LoginSecrets> secrets;
    private @Nullable CompletableFuture<Optional<Credentials>> reading;

    /** @param secrets which they are; empty: the platform has none */
    SecretCheck(CredentialsReader reader, Optional<LoginSecrets> secrets) {
        this.reader = reader;
        this.secrets = secrets;
    }

    /**
     * Whether the look that was begun by an earlier call found other credentials than these, or such as no server takes. Where none was begun, one is now. Not where
     * the Secrets cannot be read: what works goes on.
     */
    boolean foundOtherThan(@Nullable Credentials used) {
        if (secrets.isEmpty()) {
            return false;
        }
        CompletableFuture<Optional<Credentials>> begun = reading;
        if (begun == null) {
            reading = begin(secrets.get());
            return false;
        }
        if (!begun.isDone()) {
            return false;
        }
        reading = null;
        return begun.join().filter(read -> !read.equals(used)).isPresent();
    }

    private CompletableFuture<Optional<Credentials>> begin(LoginSecrets names) {
        CompletableFuture<Optional<Credentials>> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(Optional.of(reader.read(names)));
                    } catch (CredentialsReader.NotUsableException e) {
                        result.complete(e.isOfContent() ? Optional.of(UNUSABLE) : Optional.empty());
                    } catch (RuntimeException e) {
                        result.complete(Optional.empty());
                    }
                },
                "secret-check");
        thread.setDaemon(true);
        thread.start();
        return result;
    }
}

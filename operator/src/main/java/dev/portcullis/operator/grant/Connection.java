package dev.portcullis.operator.grant;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.LoginSecrets;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformConnector;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Server;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of one loop: opened when it is needed, with credentials that are read anew; dropped after each outage. Closed for good from any thread: a loop
 * that hung and was given up opens no other beside its successor's.
 */
final class Connection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final DataPlatformSpec platform;
    private final Owner owner;
    private final PlatformConnector connector;
    private final CredentialsReader credentials;
    private final SecretCheck secrets;
    private @Nullable Credentials lastCredentials;
    private @Nullable PlatformSession session;
    private volatile @Nullable Server server;
    private boolean closed;

    Connection(DataPlatformSpec platform, Owner owner, PlatformConnector connector, CredentialsReader credentials) {
        this.platform = platform;
        this.owner = owner;
        this.connector = connector;
        this.credentials = credentials;
        this.secrets = new SecretCheck(credentials, connector.module().secrets(platform));
    }

    PlatformSession session() throws CredentialsReader.NotUsableException, PlatformUnavailableException {
        PlatformSession open = current();
        if (open != null) {
            return open;
        }
        // without the lock: the API server may take its time, and closing must not wait for it
        Credentials read = readCredentials();
        synchronized (this) {
            if (closed) {
                throw ended();
            }
            session = connector.open(platform, owner, read);
            return session;
        }
    }

    /** The server that the session is with; asked once, since a session never changes its server. */
    Server server() throws CredentialsReader.NotUsableException, PlatformUnavailableException {
        PlatformSession open = session();
        Server known = server;
        if (known == null) {
            known = open.server();
            server = known;
        }
        return known;
    }

    /** Whether the Secret is known to say something else than the last session was opened with; asked again and again. */
    boolean hasOtherCredentials() {
        return secrets.foundOtherThan(lastCredentials);
    }

    private synchronized @Nullable PlatformSession current() throws PlatformUnavailableException {
        if (closed) {
            throw ended();
        }
        return session;
    }

    private static PlatformUnavailableException ended() {
        return new PlatformUnavailableException(
                PlatformUnavailableException.Reason.Unreachable,
                "the operator is starting anew with this platform's settings; it looks again at once");
    }

    /** Those that were read last, while the API server cannot be asked: what ends meanwhile must be taken away all the same. */
    private Credentials readCredentials() throws CredentialsReader.NotUsableException {
        Optional<LoginSecrets> names = connector.module().secrets(platform);
        if (names.isEmpty()) {
            return Credentials.NONE;
        }
        try {
            Credentials read = credentials.read(names.get());
            lastCredentials = read;
            return read;
        } catch (CredentialsReader.NotUsableException e) {
            if (e.isPassing() && lastCredentials != null) {
                return lastCredentials;
            }
            throw e;
        }
    }

    /** The next session is another one. */
    void drop() {
        @Nullable PlatformSession open;
        synchronized (this) {
            open = session;
            session = null;
            server = null;
        }
        if (open != null) {
            try {
                open.close();
            } catch (RuntimeException e) {
                LOG.warn("a session of {} could not be closed", owner.platform(), e);
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        drop();
    }
}

package dev.portcullis.platform.postgresql.session;

import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.platform.PostgresqlServer.SslMode;
import dev.portcullis.platform.Credentials;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** How to reach the databases of one server. */
final class DataSources {
    /** What connections of the operator are called on the server. */
    static final String APPLICATION_NAME = "portcullis";

    /** So the driver sends the application's name when it connects, and sets it in no session. */
    private static final String OLDEST = "12";

    private static final int CONNECT_SECONDS = 10;

    /** Longer than any statement may take on the server, so that only a dead connection runs into it. */
    private static final int SOCKET_SECONDS = Transactions.STATEMENT_SECONDS + 30;

    private final PostgresqlServer server;
    private final Credentials credentials;

    DataSources(PostgresqlServer server, Credentials credentials) {
        this.server = server;
        this.credentials = credentials;
    }

    /** The database where the operator connects first. */
    String first() {
        return server.database();
    }

    PGSimpleDataSource of(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host()});
        source.setPortNumbers(new int[] {server.port()});
        source.setDatabaseName(database);
        source.setUser(credentials.username());
        source.setPassword(credentials.password());
        source.setApplicationName(APPLICATION_NAME);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setSslResponseTimeout(CONNECT_SECONDS * 1000);
        source.setSocketTimeout(SOCKET_SECONDS);
        source.setTcpKeepAlive(true);
        source.setGssEncMode("disable");
        // a pooler gives each transaction a server connection of its choice: no statement is kept there, and nothing is
        // set but within a transaction
        source.setPrepareThreshold(0);
        source.setAssumeMinServerVersion(OLDEST);
        ssl(source);
        return source;
    }

    /**
     * Certificates of the Secret are the only ones trusted; without one, those Java trusts. As in libpq, certificates that are given are
     * used with {@code require} too.
     */
    private void ssl(PGSimpleDataSource source) {
        source.setSslMode(server.sslMode().word());
        if (server.sslMode() == SslMode.DISABLE) {
            return;
        }
        if (credentials.caCertificates().isPresent()) {
            source.setSslfactory(CaSocketFactory.class.getName());
            source.setSslFactoryArg(credentials.caCertificates().get());
        } else if (server.sslMode() != SslMode.REQUIRE) {
            source.setSslfactory(DefaultJavaSSLFactory.class.getName());
        }
    }

    private String host() {
        boolean bareIpv6 = server.host().indexOf(':') >= 0 && !server.host().startsWith("[");
        return bareIpv6 ? "[" + server.host() + "]" : server.host();
    }
}

package dev.portcullis.platform.postgresql;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformConnector;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.postgresql.session.PostgresqlSession;
import java.util.Set;

/** Opens sessions on PostgreSQL servers. */
public final class PostgresqlConnector implements PlatformConnector {
    private final PostgresqlModule module = new PostgresqlModule();

    @Override
    public PlatformModule module() {
        return module;
    }

    @Override
    public PlatformSession open(DataPlatformSpec platform, Owner owner, Credentials credentials) {
        PostgresqlServer server = platform.postgresql();
        if (server == null) {
            throw new IllegalArgumentException("the DataPlatform has no block postgresql");
        }
        return new PostgresqlSession(server, owner, Set.copyOf(platform.takeOver()), credentials);
    }
}

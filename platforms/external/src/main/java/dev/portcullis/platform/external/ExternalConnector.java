package dev.portcullis.platform.external;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformConnector;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PlatformSession;

/** Opens sessions on the AccessGrants of the cluster; no login is needed. */
public final class ExternalConnector implements PlatformConnector {
    private final ExternalModule module = new ExternalModule();
    private final AccessGrants grants;

    public ExternalConnector(AccessGrants grants) {
        this.grants = grants;
    }

    @Override
    public PlatformModule module() {
        return module;
    }

    @Override
    public PlatformSession open(DataPlatformSpec platform, Owner owner, Credentials credentials) {
        return new ExternalSession(owner, grants);
    }
}

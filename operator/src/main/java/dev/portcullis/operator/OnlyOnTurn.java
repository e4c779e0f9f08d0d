package dev.portcullis.operator;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformConnector;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Result;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Server;
import dev.portcullis.platform.Way;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Platforms that are written to only while it is this process' turn. A machine may freeze between what a loop reads and what it writes; when it wakes up
 * another operator may have taken away, and said so, what this one was about to grant.
 */
final class OnlyOnTurn implements PlatformConnector {
    private final PlatformConnector connector;
    private final BooleanSupplier turn;

    /** @param turn quickly answered, by what this process knows */
    OnlyOnTurn(PlatformConnector connector, BooleanSupplier turn) {
        this.connector = connector;
        this.turn = turn;
    }

    @Override
    public PlatformModule module() {
        return connector.module();
    }

    @Override
    public PlatformSession open(DataPlatformSpec platform, Owner owner, Credentials credentials) {
        return new Session(connector.open(platform, owner, credentials), turn);
    }

    private record Session(PlatformSession session, BooleanSupplier turn) implements PlatformSession {
        @Override
        public Server server() throws PlatformUnavailableException {
            return session.server();
        }

        @Override
        public Observed observe(Scope scope, Set<Entitlement> entitlements) throws PlatformUnavailableException {
            return session.observe(scope, entitlements);
        }

        @Override
        public Map<Profile, ObjectsFound> look(Set<Profile> profiles) throws PlatformUnavailableException {
            return session.look(profiles);
        }

        @Override
        public Map<Entitlement, List<Way>> ways(Set<Entitlement> agreed, Set<Entitlement> ended)
                throws PlatformUnavailableException {
            return session.ways(agreed, ended);
        }

        @Override
        public List<Result> execute(List<Change> changes) throws PlatformUnavailableException {
            if (!turn.getAsBoolean()) {
                throw new PlatformUnavailableException(
                        PlatformUnavailableException.Reason.ServerError,
                        "this operator has not renewed its lease in time, so another may work now: nothing is written");
            }
            return session.execute(changes);
        }

        @Override
        public void close() {
            session.close();
        }
    }
}

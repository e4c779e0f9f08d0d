package dev.portcullis.platform.postgresql.session;

import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Result;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Server;
import dev.portcullis.platform.Way;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Connections to one server. */
public final class PostgresqlSession implements PlatformSession {
    private final Transactions transactions;
    private final Owner owner;
    private final Set<String> takeOver;
    private final Pauses pauses = new Pauses();

    /** @param takeOver ids of installations whose roles are the owner's from now on */
    public PostgresqlSession(PostgresqlServer server, Owner owner, Set<String> takeOver, Credentials credentials) {
        this.transactions = new Transactions(server, credentials);
        this.owner = owner;
        this.takeOver = Set.copyOf(takeOver);
    }

    @Override
    public Server server() throws PlatformUnavailableException {
        try {
            OperatorQuery.Facts facts = transactions.read(transactions.first(), OperatorQuery::run);
            OperatorQuery.check(facts, transactions.failures());
            return new Server(facts.shortVersion(), transactions.identity());
        } catch (DatabaseRefusedException e) {
            throw transactions.failures().refusedFirst(e);
        }
    }

    @Override
    public PostgresqlObserved observe(Scope scope, Set<Entitlement> entitlements) throws PlatformUnavailableException {
        return new Observer(transactions, owner, takeOver, scope, entitlements).observe();
    }

    @Override
    public Map<Profile, ObjectsFound> look(Set<Profile> profiles) throws PlatformUnavailableException {
        return new Look(transactions, owner, pauses).at(profiles);
    }

    @Override
    public Map<Entitlement, List<Way>> ways(Set<Entitlement> agreed, Set<Entitlement> ended)
            throws PlatformUnavailableException {
        return new WaySearch(transactions, owner, agreed).run(ended);
    }

    @Override
    public List<Result> execute(List<Change> changes) throws PlatformUnavailableException {
        return new Executor(transactions).execute(changes);
    }

    @Override
    public void close() {
        transactions.close();
    }
}

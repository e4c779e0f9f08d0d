package dev.portcullis.platform.external;

import dev.portcullis.platform.Change;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Outcome;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PlatformSession;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Result;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Server;
import dev.portcullis.platform.external.change.ExternalChange;
import dev.portcullis.platform.external.state.ExternalObserved;
import dev.portcullis.platform.external.state.SeenGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads and writes the AccessGrants of one platform; those of another installation or platform are not seen. */
final class ExternalSession implements PlatformSession {
    private static final Server SERVER = new Server("", "");

    private final Owner owner;
    private final AccessGrants grants;

    ExternalSession(Owner owner, AccessGrants grants) {
        this.owner = owner;
        this.grants = grants;
    }

    @Override
    public Server server() {
        return SERVER;
    }

    @Override
    public Observed observe(Scope scope, Set<Entitlement> entitlements) throws PlatformUnavailableException {
        List<SeenGrant> ours = grants.list(scope).stream()
                .filter(grant -> grant.spec().installation().equals(owner.installation())
                        && grant.spec().platform().equals(owner.platform())
                        && scope.covers(grant.port().uid()))
                .toList();
        return new ExternalObserved(ours);
    }

    /** Only the grant controller knows the objects. */
    @Override
    public Map<Profile, ObjectsFound> look(Set<Profile> profiles) {
        return profiles.stream()
                .collect(Collectors.toMap(profile -> profile, profile -> new ObjectsFound("", Optional.empty())));
    }

    @Override
    public List<Result> execute(List<Change> changes) throws PlatformUnavailableException {
        List<Result> results = new ArrayList<>();
        for (Change change : changes) {
            results.add(new Result(change, outcome((ExternalChange) change)));
        }
        return results;
    }

    private Outcome outcome(ExternalChange change) throws PlatformUnavailableException {
        if (change instanceof ExternalChange.CreateGrant create) {
            return grants.create(create.namespace(), create.name(), create.spec());
        }
        if (change instanceof ExternalChange.DeleteGrant delete) {
            return grants.delete(delete.grant());
        }
        if (change instanceof ExternalChange.MendGrant mend) {
            return grants.mend(mend.grant(), mend.spec());
        }
        return grants.release(((ExternalChange.ReleaseGrant) change).grant());
    }

    @Override
    public void close() {
        // there is no connection of its own
    }
}

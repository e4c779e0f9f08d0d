package dev.portcullis.platform.postgresql;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.platform.LoginSecrets;
import dev.portcullis.platform.Observed;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.postgresql.plan.Planner;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.profile.ProfileParser;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import java.util.Optional;

/** The pure part. */
public final class PostgresqlModule implements PlatformModule {
    @Override
    public boolean serves(DataPlatformSpec platform) {
        return platform.postgresql() != null;
    }

    @Override
    public Optional<LoginSecrets> secrets(DataPlatformSpec platform) {
        return Optional.ofNullable(platform.postgresql())
                .map(server -> new LoginSecrets(server.credentials(), Optional.ofNullable(server.caSecret())));
    }

    @Override
    public Parsed parse(OutputPortSpec port) {
        return port.postgresql() == null ? new Parsed.None() : ProfileParser.parse(port.postgresql());
    }

    @Override
    public Optional<Profile> fromSnapshot(SnapshotObjects objects) {
        return objects.postgresql() != null && ProfileParser.parse(objects.postgresql()) instanceof Parsed.Ok ok
                ? Optional.of(ok.profile())
                : Optional.empty();
    }

    @Override
    public Optional<Profile> intersect(Profile snapshot, Profile offered) {
        return snapshot instanceof PostgresqlProfile asked && offered instanceof PostgresqlProfile now
                ? asked.intersect(now).map(Profile.class::cast)
                : Optional.empty();
    }

    @Override
    public Optional<String> notExposed(DataPlatformSpec platform, String namespace, Profile profile) {
        if (!(profile instanceof PostgresqlProfile objects)) {
            return Optional.of("the platform has no objects of this kind");
        }
        boolean exposed = platform.exposes().stream()
                .filter(exposure -> exposure.namespaces().contains(namespace))
                .flatMap(exposure -> exposure.postgresql().stream())
                .anyMatch(exposure -> exposure.database().equals(objects.database())
                        && exposure.schemas().contains(objects.schema()));
        return exposed
                ? Optional.empty()
                : Optional.of("the platform does not expose schema " + quote(objects.schema()) + " of database "
                        + quote(objects.database()) + " to namespace " + namespace
                        + ": the platform team can add it to spec.exposes of the DataPlatform");
    }

    @Override
    public String reference(Owner owner, PortId port, Profile profile) {
        return RoleName.of(owner, port, profile);
    }

    @Override
    public Plan plan(Wanted wanted, Observed observed) {
        if (!(observed instanceof PostgresqlObserved seen)) {
            throw new IllegalArgumentException("not observed on PostgreSQL: " + observed.getClass());
        }
        return Planner.plan(wanted, seen);
    }
}

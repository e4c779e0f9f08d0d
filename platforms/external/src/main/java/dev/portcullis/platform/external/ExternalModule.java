package dev.portcullis.platform.external;

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
import dev.portcullis.platform.external.plan.Planner;
import dev.portcullis.platform.external.profile.ExternalProfile;
import dev.portcullis.platform.external.profile.Names;
import dev.portcullis.platform.external.profile.ProfileParser;
import dev.portcullis.platform.external.state.ExternalObserved;
import java.util.List;
import java.util.Optional;

/** The pure part. */
public final class ExternalModule implements PlatformModule {
    @Override
    public boolean serves(DataPlatformSpec platform) {
        return platform.external() != null;
    }

    /** The grant controller has its own. */
    @Override
    public Optional<LoginSecrets> secrets(DataPlatformSpec platform) {
        return Optional.empty();
    }

    @Override
    public Parsed parse(OutputPortSpec port) {
        return port.external() == null
                ? new Parsed.None()
                : ProfileParser.parse(port.external().objects());
    }

    @Override
    public Optional<Profile> fromSnapshot(SnapshotObjects objects) {
        return objects.external() != null
                        && ProfileParser.parse(objects.external().objects()) instanceof Parsed.Ok ok
                ? Optional.of(ok.profile())
                : Optional.empty();
    }

    @Override
    public Optional<Profile> intersect(Profile snapshot, Profile offered) {
        return snapshot instanceof ExternalProfile asked && offered instanceof ExternalProfile now
                ? asked.intersect(now).map(Profile.class::cast)
                : Optional.empty();
    }

    @Override
    public Optional<String> notExposed(DataPlatformSpec platform, String namespace, Profile profile) {
        if (!(profile instanceof ExternalProfile objects)) {
            return Optional.of("the platform has no objects of this kind");
        }
        List<String> exposed = platform.exposes().stream()
                .filter(exposure -> exposure.namespaces().contains(namespace))
                .flatMap(exposure -> exposure.external().stream())
                .toList();
        return objects.objects().keySet().stream()
                .filter(name -> exposed.stream().noneMatch(pattern -> matches(pattern, name)))
                .findFirst()
                .map(name -> "the platform does not expose " + Names.quote(name) + " to namespace " + namespace
                        + ": the platform team can add it to spec.exposes of the DataPlatform");
    }

    private static boolean matches(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    /** There is one AccessGrant for each principal; kubectl finds them by their label. */
    @Override
    public String reference(Owner owner, PortId port, Profile profile) {
        return "AccessGrants of OutputPort " + port.namespace() + "/" + port.name();
    }

    @Override
    public Plan plan(Wanted wanted, Observed observed) {
        if (!(observed instanceof ExternalObserved seen)) {
            throw new IllegalArgumentException("not observed on an external platform: " + observed.getClass());
        }
        return Planner.plan(wanted, seen);
    }
}

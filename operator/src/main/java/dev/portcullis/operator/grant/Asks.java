package dev.portcullis.operator.grant;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.engine.AgreementEngine;
import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.engine.time.Clocks;
import dev.portcullis.operator.memory.Recurring;
import dev.portcullis.operator.status.OwnStatuses;
import dev.portcullis.operator.world.Caches;
import dev.portcullis.operator.world.KindCache;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Scope;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects what the agreements ask of one platform now. Nothing is remembered from one time to the next. */
public final class Asks {
    /** Most agreements on a port ask for the same of it. */
    private static final int PROFILES = 1 << 12;

    private final Caches caches;
    private final AgreementEngine engine;
    private final OwnStatuses statuses;
    private final Supplier<Clocks> clocks;
    private final Recurring<Profile> profiles = new Recurring<>(PROFILES);

    public Asks(Caches caches, AgreementEngine engine, OwnStatuses statuses, Supplier<Clocks> clocks) {
        this.caches = caches;
        this.engine = engine;
        this.statuses = statuses;
        this.clocks = clocks;
    }

    List<Ask> in(Scope scope, String platform) {
        return inSight(scope)
                // by what is trusted, here as later: whoever could change which are looked at could have an access pass
                // for unwanted
                .filter(read -> statuses.portOf(read).filter(scope::covers).isPresent())
                .map(statuses::trusted)
                .filter(agreement ->
                        platformOf(agreement).filter(platform::equals).isPresent())
                .map(this::ask)
                .toList();
    }

    /** Who may have to do with the scope: a walk over all agreements for each change of one would take longer the more there are. */
    private Stream<DataUsageAgreement> inSight(Scope scope) {
        if (!(scope instanceof Scope.Ports ports)) {
            return caches.allAgreements();
        }
        Set<ResourceID> naming = new HashSet<>();
        for (String port : ports.uids()) {
            Optional<Set<ResourceID>> those = statuses.naming(port);
            if (those.isEmpty()) {
                return caches.allAgreements();
            }
            naming.addAll(those.get());
        }
        return naming.stream().flatMap(id -> caches.agreement(id.getNamespace().orElseThrow(), id.getName()).stream());
    }

    /** Without one of them what it asks for would be taken away: so where one cannot be judged, nothing is compared, and it is said which. */
    private Ask ask(DataUsageAgreement agreement) {
        try {
            return Ask.of(agreement, keptOnce(access(agreement, clocks.get())), engine);
        } catch (KindCache.ClosedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "agreement " + agreement.getMetadata().getNamespace() + "/"
                            + agreement.getMetadata().getName() + " cannot be judged: " + e,
                    e);
        }
    }

    /** What agreements ask for is kept with the reports, for as long as they do. */
    private Access keptOnce(Access access) {
        return access instanceof Access.Wanted wanted
                ? new Access.Wanted(
                        wanted.platform(),
                        wanted.port(),
                        profiles.same(wanted.profile()),
                        wanted.grantees(),
                        wanted.withoutPrincipal())
                : access;
    }

    /** The platform an agreement has to do with: its port's; where the port is gone, the one its status names. */
    public Optional<String> platformOf(DataUsageAgreement agreement) {
        return Ask.platformOf(agreement, caches);
    }

    /**
     * What an agreement asks for. To give access a decision must be on record; to take it away it is enough that it was found, else whoever can keep a status from
     * being written (an object may be as large as etcd stores, and no larger) could keep an access.
     */
    public Access access(DataUsageAgreement agreement, Clocks time) {
        Access byRecord = engine.access(agreement, time);
        return byRecord instanceof Access.Wanted
                ? statuses.found(agreement)
                        .filter(found -> !Objects.equals(found.approval(), approval(agreement)))
                        .map(found -> engine.access(with(found, agreement), time))
                        .filter(Access.NotWanted.class::isInstance)
                        .orElse(byRecord)
                : byRecord;
    }

    private static DataUsageAgreement with(DataUsageAgreementStatus found, DataUsageAgreement agreement) {
        DataUsageAgreement judged = new DataUsageAgreement();
        judged.setMetadata(agreement.getMetadata());
        judged.setSpec(agreement.getSpec());
        judged.setStatus(found);
        return judged;
    }

    private static @Nullable Approval approval(DataUsageAgreement agreement) {
        return agreement.getStatus() == null ? null : agreement.getStatus().approval();
    }
}

package dev.portcullis.platform.postgresql.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.Drift;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.Table;
import dev.portcullis.platform.Change;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.postgresql.profile.ProfileParser;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private static final Owner OWNER = new Owner("test", "warehouse");
    private static final PortId PORT = new PortId("1", "checkout", "orders");
    private static final DataPlatformSpec PLATFORM =
            new DataPlatformSpec(null, null, null, null, null, null, null, null);

    @Test
    void whatIsHeldAndWantedChangesNothing() {
        Set<Entitlement> held = Set.of(entitlement("taylor", "orders"), entitlement("quinn", "items"));

        Plan plan = plan(held, held);

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.leftovers()).isEmpty();
    }

    @Test
    void givesAllOfWhatIsNewAndTakesAllOfWhatIsNot() {
        Plan plan = plan(Set.of(entitlement("taylor", "orders")), Set.of(entitlement("taylor", "items")));

        assertThat(plan.changes().stream().map(Change::describe))
                .anyMatch(sql -> sql.startsWith("CREATE ROLE \"portcullis_orders_"))
                .anyMatch(sql -> sql.startsWith("GRANT SELECT ON TABLE \"sales\".\"items\" TO"))
                .anyMatch(sql -> sql.endsWith("TO \"taylor\" WITH ADMIN FALSE, INHERIT TRUE, SET FALSE;"))
                .anyMatch(sql -> sql.endsWith("FROM \"taylor\" GRANTED BY \"portcullis\" CASCADE;"))
                .anyMatch(sql -> sql.startsWith("DROP ROLE \"portcullis_orders_"));
    }

    @Test
    void aNameThatIsNeverGrantedToIsRefused() {
        Plan plan = plan(Set.of(), Set.of(entitlement("pg_monitor", "orders")));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.refusals()).hasSize(1);
    }

    private static Plan plan(Set<Entitlement> held, Set<Entitlement> wanted) {
        return Rehearsal.plan(
                PLATFORM, held, new Wanted(OWNER, new Scope.Everything(), wanted, Set.of(), Drift.Unmanaged.Remove));
    }

    private static Entitlement entitlement(String principal, String table) {
        Profile profile = ((Parsed.Ok) ProfileParser.offered(
                        new PostgresqlObjects("shop", "sales", List.of(new Table(table, List.of())), List.of())))
                .profile();
        return new Entitlement(PORT, profile, new Principal(principal));
    }
}

package dev.portcullis.platform.postgresql.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.Table;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.profile.ProfileParser;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.sql.Dialect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldEntitlementsTest {
    private static final Owner OWNER = new Owner("install-1", "warehouse");
    private static final Owner GONE = new Owner("install-0", "warehouse");
    private static final PortId PORT = new PortId("uid-1", "checkout", "orders-v1");
    private static final PostgresqlProfile ORDERS = profile("orders");
    private static final PostgresqlProfile ITEMS = profile("items");

    private final List<ObservedRole> roles = new ArrayList<>();

    @Test
    void whoIsInTheRoleByOurGrantHasWhatItHas() {
        role(OWNER, PORT, ORDERS, ORDERS, ours("taylor"), byOthers("quinn"), inheritingNothing("riley"));

        assertThat(held(asked(PORT, ORDERS, "taylor", "quinn", "riley", "sam"), asked(PORT, ITEMS, "taylor")))
                .isEqualTo(asked(PORT, ORDERS, "taylor"));
    }

    @Test
    void nobodyHasWhatTheRoleLacks() {
        role(OWNER, PORT, ORDERS, ITEMS, ours("taylor"));

        assertThat(held(asked(PORT, ORDERS, "taylor"))).isEmpty();
    }

    /** Whoever may create or rename roles could give another one the name. */
    @Test
    void aRoleOfTheNameWithAnotherMarkGivesNothing() {
        PortId other = new PortId("uid-2", "checkout", "orders-v1");
        role(RoleName.of(OWNER, PORT, ORDERS), Mark.of(OWNER, other), ORDERS, ours("taylor"));
        role(RoleName.of(OWNER, PORT, ORDERS), Mark.of(OWNER, PORT).asRetired(), ORDERS, ours("quinn"));

        assertThat(held(asked(PORT, ORDERS, "taylor", "quinn"))).isEmpty();
    }

    @Test
    void whatIsTakenOverIsHeldByTheNameOfThePort() {
        role(GONE, new PortId("uid-0", "checkout", "orders-v1"), ORDERS, ORDERS, ours("taylor"));

        assertThat(held(asked(PORT, ORDERS, "taylor", "quinn"), asked(PORT, ITEMS, "taylor")))
                .isEqualTo(asked(PORT, ORDERS, "taylor"));
    }

    /** Looking through all members for each would take a minute. */
    @Test
    void aHundredThousandMembersOfOneRoleAreLookedThroughOnce() {
        String[] people = people(100_000);
        role(
                OWNER,
                PORT,
                ORDERS,
                ORDERS,
                IntStream.range(0, people.length).mapToObj(i -> ours(people[i])).toArray(Membership[]::new));
        Set<Entitlement> asked = asked(PORT, ORDERS, people);

        assertTimeout(Duration.ofSeconds(10), () -> assertThat(held(asked)).hasSize(100_000));
    }

    @Test
    void fiftyThousandRolesAreLookedThroughOnce() {
        Set<Entitlement> asked = new HashSet<>();
        for (int i = 0; i < 50_000; i++) {
            PortId port = new PortId("uid-" + i, "checkout", "port-" + i);
            role(i % 2 == 0 ? OWNER : GONE, port, ORDERS, ORDERS, ours("taylor"));
            asked.addAll(asked(port, ORDERS, "taylor"));
        }

        assertTimeout(Duration.ofSeconds(10), () -> assertThat(held(asked)).hasSize(50_000));
    }

    private static String[] people(int count) {
        return IntStream.range(0, count).mapToObj(i -> "person_" + i).toArray(String[]::new);
    }

    private static PostgresqlProfile profile(String table) {
        Parsed parsed = ProfileParser.offered(
                new PostgresqlObjects("shop", "sales", List.of(new Table(table, List.of())), null));
        return (PostgresqlProfile) ((Parsed.Ok) parsed).profile();
    }

    private static Set<Entitlement> asked(PortId port, PostgresqlProfile profile, String... logins) {
        return List.of(logins).stream()
                .map(login -> new Entitlement(port, profile, new Principal(login)))
                .collect(Collectors.toSet());
    }

    private void role(Owner owner, PortId port, PostgresqlProfile named, PostgresqlProfile has, Membership... members) {
        role(RoleName.of(owner, port, named), Mark.of(owner, port), has, members);
    }

    private void role(String name, Mark mark, PostgresqlProfile has, Membership... members) {
        roles.add(new ObservedRole(
                roles.size() + 1L,
                name,
                mark,
                Attributes.NONE,
                true,
                List.of(members),
                List.of(),
                has.privileges().stream()
                        .map(privilege -> new HeldPrivilege(privilege, "portcullis", true, false))
                        .toList(),
                List.of()));
    }

    private static Membership ours(String name) {
        return new Membership("role", name, "portcullis", Reach.OURS, false, true, false);
    }

    private static Membership byOthers(String name) {
        return new Membership("role", name, "postgres", Reach.FOREIGN, false, true, false);
    }

    private static Membership inheritingNothing(String name) {
        return new Membership("role", name, "portcullis", Reach.OURS, false, false, false);
    }

    @SafeVarargs
    private Set<Entitlement> held(Set<Entitlement>... asked) {
        Set<Entitlement> all = List.of(asked).stream().flatMap(Set::stream).collect(Collectors.toSet());
        return new PostgresqlObserved(
                        OWNER,
                        new OperatorRole("portcullis", "portcullis_login", "portcullis", Dialect.POSTGRESQL_16, true),
                        roles,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        Set.of(),
                        Map.of(),
                        Optional.empty())
                .held(all);
    }
}

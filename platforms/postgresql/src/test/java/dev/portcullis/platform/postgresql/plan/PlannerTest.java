package dev.portcullis.platform.postgresql.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.portcullis.api.platform.Drift.Unmanaged;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.Table;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Owner;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.Principal;
import dev.portcullis.platform.Scope;
import dev.portcullis.platform.Sessions;
import dev.portcullis.platform.Wanted;
import dev.portcullis.platform.postgresql.change.AdoptRole;
import dev.portcullis.platform.postgresql.change.CreateRole;
import dev.portcullis.platform.postgresql.change.RebuildRole;
import dev.portcullis.platform.postgresql.profile.PostgresqlProfile;
import dev.portcullis.platform.postgresql.profile.ProfileParser;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import dev.portcullis.platform.postgresql.state.Attributes;
import dev.portcullis.platform.postgresql.state.Dependency;
import dev.portcullis.platform.postgresql.state.HeldPrivilege;
import dev.portcullis.platform.postgresql.state.Inheritance;
import dev.portcullis.platform.postgresql.state.Membership;
import dev.portcullis.platform.postgresql.state.ObjectFacts;
import dev.portcullis.platform.postgresql.state.ObservedPrincipal;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.OccupiedName;
import dev.portcullis.platform.postgresql.state.OperatorRole;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import dev.portcullis.platform.postgresql.state.Reach;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans from made-up observations: nothing here needs a server. */
class PlannerTest {
    private static final Owner OWNER = new Owner("i", "warehouse");
    private static final PortId PORT = new PortId("uid", "checkout", "orders");
    private static final PostgresqlProfile ORDERS = profile(new Table("orders", null));
    private static final PostgresqlProfile COLUMNS = profile(new Table("orders", List.of("id", "country")));
    private static final Attributes LOGIN = new Attributes(true, false, false, false, false, false);
    private static final String R = "\"" + name(ORDERS) + "\"";
    private static final String MARK = "'portcullis/1 installation=i platform=warehouse port=uid name=checkout/orders'";

    private static final String RETIRED = "\"" + RoleName.retired(Mark.of(OWNER, PORT), 4711, name -> false) + "\"";

    private final List<ObservedRole> roles = new ArrayList<>();
    private final Map<String, OccupiedName> occupied = new HashMap<>();
    private final Map<String, ObservedPrincipal> principals = new HashMap<>();
    private final Map<SqlObject, ObjectFacts> objects = new HashMap<>();
    private final Map<String, String> refused = new HashMap<>();
    private Unmanaged unmanaged = Unmanaged.Remove;
    private Set<Holding> kept = Set.of();
    private Set<String> sessions = Set.of();
    private Sessions ending = Sessions.STAY;
    private Dialect dialect = Dialect.POSTGRESQL_16;
    private boolean signals;

    @BeforeEach
    void aServerWithEverythingThere() {
        for (String login : List.of("taylor", "quinn")) {
            principals.put(login, new ObservedPrincipal(login, LOGIN, false, true));
        }
        for (PostgresqlProfile profile : List.of(ORDERS, COLUMNS)) {
            profile.privileges()
                    .forEach(privilege -> objects.put(privilege.object(), new ObjectFacts("shop_owner", true)));
        }
    }

    private static PostgresqlProfile profile(Table... tables) {
        Parsed parsed = ProfileParser.offered(new PostgresqlObjects("shop", "sales", List.of(tables), null));
        return (PostgresqlProfile) ((Parsed.Ok) parsed).profile();
    }

    private static String name(PostgresqlProfile profile) {
        return RoleName.of(OWNER, PORT, profile);
    }

    private static Set<Entitlement> wanted(PostgresqlProfile profile, String... logins) {
        Set<Entitlement> wanted = new LinkedHashSet<>();
        for (String login : logins) {
            wanted.add(new Entitlement(PORT, profile, new Principal(login)));
        }
        return wanted;
    }

    private Plan plan(Set<Entitlement> wanted) {
        return Planner.plan(new Wanted(OWNER, new Scope.Everything(), wanted, kept, unmanaged, ending), observed());
    }

    private PostgresqlObserved observed() {
        return new PostgresqlObserved(
                OWNER,
                new OperatorRole("portcullis", "portcullis_login", "portcullis", dialect, signals),
                roles,
                occupied,
                principals,
                objects,
                sessions,
                refused,
                Optional.empty());
    }

    private List<String> sql(Set<Entitlement> wanted) {
        return plan(wanted).changes().stream()
                .flatMap(change -> change.describe().lines())
                .toList();
    }

    private static Membership member(String name) {
        return new Membership(name(ORDERS), name, "portcullis", Reach.OURS, false, true, false);
    }

    private static Membership stranger(String name) {
        return new Membership(name(ORDERS), name, "postgres", Reach.FOREIGN, false, true, true);
    }

    private static List<HeldPrivilege> held(PostgresqlProfile profile) {
        return profile.privileges().stream()
                .map(privilege -> new HeldPrivilege(privilege, "portcullis", true, false))
                .toList();
    }

    private ObservedRole role(List<Membership> members, List<HeldPrivilege> privileges) {
        return role(members, privileges, Attributes.NONE, List.of());
    }

    private ObservedRole role(
            List<Membership> members, List<HeldPrivilege> privileges, Attributes attributes, List<Dependency> ties) {
        ObservedRole role = new ObservedRole(
                4711, name(ORDERS), Mark.of(OWNER, PORT), attributes, true, members, List.of(), privileges, ties);
        roles.add(role);
        return role;
    }

    /** The port's other role. */
    private void columnsRole(String login, List<HeldPrivilege> privileges) {
        roles.add(new ObservedRole(
                1,
                name(COLUMNS),
                Mark.of(OWNER, PORT),
                Attributes.NONE,
                true,
                List.of(new Membership(name(COLUMNS), login, "portcullis", Reach.OURS, false, true, false)),
                List.of(),
                privileges,
                List.of()));
    }

    private static <T> List<T> with(List<T> list, T more) {
        List<T> all = new ArrayList<>(list);
        all.add(more);
        return all;
    }

    @Test
    void createsRolePrivilegesMembersInThisOrder() {
        assertThat(sql(wanted(ORDERS, "taylor", "quinn")))
                .containsExactly(
                        "CREATE ROLE " + R + " NOLOGIN;",
                        "COMMENT ON ROLE " + R + " IS " + MARK + ";",
                        "GRANT CONNECT ON DATABASE \"shop\" TO " + R + ";",
                        "GRANT USAGE ON SCHEMA \"sales\" TO " + R + ";",
                        "GRANT SELECT ON TABLE \"sales\".\"orders\" TO " + R + ";",
                        "GRANT " + R + " TO \"quinn\" WITH ADMIN FALSE, INHERIT TRUE, SET FALSE;",
                        "GRANT " + R + " TO \"taylor\" WITH ADMIN FALSE, INHERIT TRUE, SET FALSE;");
    }

    /** So that what a comparison would do can be shown without doing it: there is no server in this test at all. */
    @Test
    void aPlanIsAFunctionOfItsArgumentsAndReadsAsSql() {
        roles.add(role(List.of(member("carl"), stranger("mallory")), held(COLUMNS)));

        Plan plan = plan(wanted(ORDERS, "taylor", "quinn"));

        assertThat(plan(wanted(ORDERS, "quinn", "taylor"))).isEqualTo(plan);
        assertThat(plan.changes())
                .hasSizeGreaterThan(2)
                .allSatisfy(change -> assertThat(change.describe().lines())
                        .isNotEmpty()
                        .allMatch(line -> line.matches("(CREATE|ALTER|DROP|GRANT|REVOKE|COMMENT|SET|RESET|DO) ?.*")));
    }

    @Test
    void nothingWhereAllIsWell() {
        role(List.of(member("taylor")), held(ORDERS));
        Plan plan = plan(wanted(ORDERS, "taylor"));
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.leftovers()).isEmpty();
    }

    @Test
    void removesMembersPrivilegesRoleInThisOrder() {
        role(List.of(member("taylor")), held(ORDERS));
        assertThat(sql(Set.of()))
                .containsExactly(
                        "REVOKE " + R + " FROM \"taylor\" GRANTED BY \"portcullis\" CASCADE;",
                        "REVOKE CONNECT ON DATABASE \"shop\" FROM " + R + " CASCADE;",
                        "REVOKE USAGE ON SCHEMA \"sales\" FROM " + R + " CASCADE;",
                        "REVOKE SELECT ON TABLE \"sales\".\"orders\" FROM " + R + " CASCADE;",
                        "DROP ROLE " + R + ";");
    }

    @Test
    void revokesBeforeItGrants() {
        role(List.of(member("taylor")), held(ORDERS));
        List<String> sql = sql(wanted(COLUMNS, "quinn"));
        assertThat(sql.get(0)).startsWith("REVOKE " + R + " FROM \"taylor\"");
        assertThat(sql.get(sql.size() - 2)).startsWith("GRANT \"" + name(COLUMNS) + "\" TO \"quinn\"");
        assertThat(sql.get(sql.size() - 1)).isEqualTo("DROP ROLE " + R + ";");
    }

    @Test
    void movesAMemberToAnotherRoleOfThePortWithoutAGap() {
        role(List.of(member("taylor")), held(ORDERS));
        List<String> sql = sql(wanted(COLUMNS, "taylor"));
        int given = indexOf(sql, "GRANT \"" + name(COLUMNS) + "\" TO \"taylor\"");
        assertThat(indexOf(sql, "CREATE ROLE")).isLessThan(given);
        assertThat(indexOf(sql, "REVOKE " + R + " FROM \"taylor\"")).isEqualTo(given + 1);
        assertThat(indexOf(sql, "DROP ROLE " + R)).isEqualTo(sql.size() - 1);
    }

    private static int indexOf(List<String> sql, String start) {
        for (int i = 0; i < sql.size(); i++) {
            if (sql.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError("no statement starts with " + start + ": " + sql);
    }

    @Test
    void grantsColumnsAgainThatARevokeOnTheTableTakesAlong() {
        Privilege table = new Privilege("SELECT", new SqlObject.Table("shop", "sales", "orders"));
        columnsRole("taylor", with(held(COLUMNS), new HeldPrivilege(table, "portcullis", true, false)));
        assertThat(sql(wanted(COLUMNS, "taylor")))
                .containsExactly(
                        "REVOKE SELECT ON TABLE \"sales\".\"orders\" FROM \"" + name(COLUMNS) + "\" CASCADE;",
                        "GRANT SELECT (\"country\", \"id\") ON TABLE \"sales\".\"orders\" TO \"" + name(COLUMNS)
                                + "\";");
    }

    @Test
    void buildsAnewWhereAStrangerIsAMember() {
        role(List.of(member("taylor"), stranger("sam")), held(ORDERS));
        assertThat(sql(wanted(ORDERS, "taylor")))
                .containsExactly(
                        "REVOKE CONNECT ON DATABASE \"shop\" FROM " + R + " CASCADE;",
                        "REVOKE USAGE ON SCHEMA \"sales\" FROM " + R + " CASCADE;",
                        "REVOKE SELECT ON TABLE \"sales\".\"orders\" FROM " + R + " CASCADE;",
                        "REVOKE " + R + " FROM \"taylor\" GRANTED BY \"portcullis\" CASCADE;",
                        "ALTER ROLE " + R + " RENAME TO " + RETIRED + ";",
                        "COMMENT ON ROLE " + RETIRED + " IS " + MARK.substring(0, MARK.length() - 1) + " retired';",
                        "CREATE ROLE " + R + " NOLOGIN;",
                        "COMMENT ON ROLE " + R + " IS " + MARK + ";",
                        "GRANT CONNECT ON DATABASE \"shop\" TO " + R + ";",
                        "GRANT USAGE ON SCHEMA \"sales\" TO " + R + ";",
                        "GRANT SELECT ON TABLE \"sales\".\"orders\" TO " + R + ";",
                        "GRANT " + R + " TO \"taylor\" WITH ADMIN FALSE, INHERIT TRUE, SET FALSE;",
                        "DROP ROLE " + RETIRED + ";");
        assertThat(plan(wanted(ORDERS, "taylor")).changes()).hasSize(2);
        assertThat(plan(wanted(ORDERS, "taylor")).leftovers())
                .as("as long as somebody puts it off")
                .singleElement()
                .satisfies(leftover -> assertThat(leftover.message()).startsWith("\"sam\" is a member of " + R));
    }

    @Test
    void movesAMemberToARoleThatIsBuiltAnewWithoutAGap() {
        role(List.of(member("taylor"), stranger("sam")), held(ORDERS));
        columnsRole("quinn", held(COLUMNS));

        List<String> sql = sql(wanted(ORDERS, "taylor", "quinn"));

        assertThat(indexOf(sql, "REVOKE \"" + name(COLUMNS) + "\" FROM \"quinn\""))
                .isGreaterThan(indexOf(sql, "GRANT " + R + " TO \"quinn\""))
                .isLessThan(indexOf(sql, "REVOKE CONNECT ON DATABASE \"shop\" FROM \"" + name(COLUMNS) + "\""));
        roles.remove(1);
        columnsRole("taylor", held(COLUMNS));
        assertThat(sql(wanted(ORDERS, "taylor")))
                .as("who has it already waits for nothing")
                .startsWith("REVOKE \"" + name(COLUMNS) + "\" FROM \"taylor\" GRANTED BY \"portcullis\" CASCADE;");
    }

    /** A role may have thousands of members. */
    @Test
    void aRoleIsBuiltAnewWithOneStatementForAllOfItsMembers() {
        role(List.of(member("taylor"), member("quinn"), stranger("sam")), held(ORDERS));

        assertThat(sql(wanted(ORDERS, "taylor", "quinn")))
                .filteredOn(line -> line.contains("quinn") || line.contains("taylor"))
                .containsExactly(
                        "REVOKE " + R + " FROM \"taylor\", \"quinn\" GRANTED BY \"portcullis\" CASCADE;",
                        "GRANT " + R + " TO \"quinn\", \"taylor\" WITH ADMIN FALSE, INHERIT TRUE, SET FALSE;");
    }

    /** Whoever may create roles can foresee the name. */
    @Test
    void buildsAnewAlsoWhereTheNameForTheOldRoleIsTaken() {
        String taken = RETIRED.replace("\"", "");
        occupied.put(taken, new OccupiedName(taken, Optional.empty(), false, false));
        role(List.of(member("taylor"), stranger("sam")), held(ORDERS));

        String renamed = "ALTER ROLE " + R + " RENAME TO ";
        assertThat(sql(wanted(ORDERS, "taylor")))
                .filteredOn(line -> line.startsWith(renamed))
                .singleElement()
                .asString()
                .startsWith(renamed + "\"portcullis_retired_")
                .doesNotContain(taken);
    }

    /** The rebuild may have to wait for somebody; whoever has to go must not. */
    @Test
    void endsWhoHasToGoApartFromTheRebuild() {
        role(List.of(member("taylor"), member("quinn"), stranger("sam")), held(ORDERS));
        assertThat(plan(wanted(ORDERS, "taylor")).changes().get(0).describe())
                .isEqualTo("REVOKE " + R + " FROM \"quinn\" GRANTED BY \"portcullis\" CASCADE;");
    }

    @Test
    void retiresARoleThatCannotBeDropped() {
        Privilege internal = new Privilege("SELECT", new SqlObject.Table("shop", "sales", "internal"));
        role(List.of(member("taylor")), with(held(ORDERS), new HeldPrivilege(internal, "shop_owner", false, false)));
        Plan plan = plan(wanted(ORDERS, "taylor"));
        assertThat(sql(wanted(ORDERS, "taylor")))
                .contains(
                        "REVOKE " + R + " FROM \"taylor\" GRANTED BY \"portcullis\" CASCADE;",
                        "ALTER ROLE " + R + " RENAME TO " + RETIRED + ";",
                        "COMMENT ON ROLE " + RETIRED + " IS " + MARK.substring(0, MARK.length() - 1) + " retired';",
                        "CREATE ROLE " + R + " NOLOGIN;")
                .doesNotContain("DROP ROLE " + R + ";");
        assertThat(plan.leftovers()).singleElement().satisfies(leftover -> {
            assertThat(leftover.reason()).isEqualTo(Reason.ForeignGrant);
            assertThat(leftover.message())
                    .endsWith(
                            "run as a superuser in database \"shop\": SET ROLE \"shop_owner\"; REVOKE SELECT ON TABLE "
                                    + "\"sales\".\"internal\" FROM " + RETIRED + " CASCADE; RESET ROLE;");
        });
    }

    @Test
    void reportsStrangersWhereThatIsAsked() {
        unmanaged = Unmanaged.Report;
        role(List.of(member("taylor"), stranger("sam"), stranger("taylor")), held(ORDERS));
        Plan plan = plan(wanted(ORDERS, "taylor"));
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.leftovers()).hasSize(2);
    }

    @Test
    void aWantedMemberByAnothersGrantGetsOursToo() {
        unmanaged = Unmanaged.Report;
        role(List.of(stranger("taylor")), held(ORDERS));
        assertThat(sql(wanted(ORDERS, "taylor")))
                .containsExactly("GRANT " + R + " TO \"taylor\" WITH ADMIN FALSE, INHERIT TRUE, SET FALSE;");
    }

    @Test
    void aMissingTableKeepsNewcomersOutAndHoldersIn() {
        objects.remove(new SqlObject.Table("shop", "sales", "orders"));
        List<HeldPrivilege> rest = held(ORDERS).subList(0, 2);
        assertThat(plan(wanted(ORDERS, "taylor")).changes()).isEmpty();
        assertThat(plan(wanted(ORDERS, "taylor")).refusals())
                .extracting(Plan.Refusal::reason)
                .containsExactly(Reason.ObjectNotFound);

        role(List.of(member("taylor")), rest);
        Plan plan = plan(wanted(ORDERS, "taylor", "quinn"));
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.refusals())
                .extracting(Plan.Refusal::reason)
                .containsOnly(Reason.ObjectNotFound)
                .hasSize(2);
    }

    @Test
    void whatIsHeldAlreadyNeedsNoGrantOption() {
        objects.put(new SqlObject.Table("shop", "sales", "orders"), new ObjectFacts("shop_owner", false));
        assertThat(plan(wanted(ORDERS, "taylor")).refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.GrantOptionMissing);
            assertThat(refusal.message())
                    .contains(
                            "as \"shop_owner\", run: GRANT SELECT ON TABLE \"sales\".\"orders\" TO \"portcullis\" WITH "
                                    + "GRANT OPTION;");
        });
        role(List.of(member("taylor")), held(ORDERS));
        Plan plan = plan(wanted(ORDERS, "taylor", "quinn"));
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.changes()).hasSize(1);
    }

    @Test
    void revokesAMemberWhoIsRefusedNow() {
        role(List.of(member("taylor"), member("quinn")), held(ORDERS));
        principals.put("quinn", new ObservedPrincipal("quinn", LOGIN, true, true));
        Plan plan = plan(wanted(ORDERS, "taylor", "quinn"));
        assertThat(plan.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.principal()).contains(new Principal("quinn")));
        assertThat(plan.refusals()).extracting(Plan.Refusal::reason).containsExactly(Reason.PrincipalRefused);
    }

    @Test
    void aRoleNobodyCanHaveIsNotCreated() {
        Plan plan = plan(wanted(ORDERS, "nobody"));
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.refusals()).extracting(Plan.Refusal::reason).containsExactly(Reason.PrincipalNotFound);
    }

    @Test
    void aNameTakenByAnotherRoleIsRefused() {
        occupied.put(name(ORDERS), new OccupiedName(name(ORDERS), Optional.of("somebody's"), false, false));
        Plan plan = plan(wanted(ORDERS, "taylor"));
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.refusals()).extracting(Plan.Refusal::reason).containsExactly(Reason.NotApplied);
        assertThat(plan.leftovers()).isEmpty();
    }

    @Test
    void aRoleThatLostItsMarkIsReported() {
        occupied.put("finance", new OccupiedName("finance", Optional.empty(), true, true));
        occupied.put("theirs", new OccupiedName("theirs", Optional.empty(), false, false));
        occupied.put("marked", new OccupiedName("marked", Optional.of("portcullis/1 whatever"), true, true));
        assertThat(plan(Set.of()).leftovers())
                .singleElement()
                .satisfies(leftover -> assertThat(leftover.message()).contains("\"finance\""));
    }

    @Test
    void attributesGoAndOthersAttributesNeedANewRole() {
        Attributes canLogIn = new Attributes(true, false, true, false, false, false);
        role(List.of(member("taylor")), held(ORDERS), canLogIn, List.of());
        assertThat(sql(wanted(ORDERS, "taylor"))).containsExactly("ALTER ROLE " + R + " NOLOGIN NOCREATEROLE;");

        roles.clear();
        Attributes createsDatabases = new Attributes(false, false, false, true, false, false);
        role(List.of(member("taylor")), held(ORDERS), createsDatabases, List.of());
        assertThat(sql(wanted(ORDERS, "taylor")))
                .contains("CREATE ROLE " + R + " NOLOGIN;", "DROP ROLE " + RETIRED + ";");
    }

    @Test
    void whatIsKeptForNowIsLeftAsItIs() {
        role(List.of(member("taylor"), member("quinn"), stranger("sam")), held(ORDERS));
        kept = Set.of(new Holding(PORT, name(ORDERS), new Principal("taylor"), true));

        assertThat(sql(Set.of())).containsExactly("REVOKE " + R + " FROM \"quinn\" GRANTED BY \"portcullis\" CASCADE;");

        kept = Set.of(new Holding(PORT, name(ORDERS), new Principal("quinn"), true));
        assertThat(sql(wanted(ORDERS, "taylor")))
                .noneMatch(line -> line.startsWith("REVOKE " + R + " FROM \"quinn\" ")
                        && !line.contains("GRANTED BY \"portcullis\""));
        assertThat(sql(wanted(ORDERS, "taylor")))
                .as("the rebuild takes them along")
                .contains("GRANT " + R + " TO \"quinn\", \"taylor\" WITH ADMIN FALSE, INHERIT TRUE, SET FALSE;");
    }

    @Test
    void aDatabaseThatRefusesKeepsHoldersAndRevokesOthers() {
        role(
                List.of(member("taylor"), member("quinn")),
                List.of(held(ORDERS).get(0)),
                Attributes.NONE,
                List.of(new Dependency(
                        Dependency.Kind.UNREADABLE, "it does not accept connections", Optional.of("shop"))));
        refused.put("shop", "it does not accept connections");
        objects.keySet().removeIf(object -> object.database().isPresent());
        Plan plan = plan(wanted(ORDERS, "taylor"));
        assertThat(plan.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.principal()).contains(new Principal("quinn")));
        assertThat(plan.refusals()).extracting(Plan.Refusal::reason).containsExactly(Reason.ObjectNotFound);
        assertThat(plan.leftovers()).isNotEmpty();
    }

    // ---- roles of an installation that is taken over: PORT had another UID then

    private static final Owner GONE = new Owner("gone", OWNER.platform());
    private static final PortId THEN = new PortId("uid-then", PORT.namespace(), PORT.name());

    private ObservedRole inherited(PostgresqlProfile profile, boolean administered, String... members) {
        String name = RoleName.of(GONE, THEN, profile);
        ObservedRole role = new ObservedRole(
                4712,
                name,
                Mark.of(GONE, THEN),
                Attributes.NONE,
                administered,
                Arrays.stream(members)
                        .map(login -> new Membership(name, login, "portcullis", Reach.OURS, false, true, false))
                        .toList(),
                List.of(),
                held(profile),
                List.of());
        roles.add(role);
        return role;
    }

    @Test
    void takesARoleOverAsItIs() {
        ObservedRole role = inherited(ORDERS, true, "taylor");
        assertThat(sql(wanted(ORDERS, "taylor")))
                .containsExactly(
                        "ALTER ROLE \"" + role.name() + "\" RENAME TO " + R + ";",
                        "COMMENT ON ROLE " + R + " IS " + MARK + ";");
    }

    /** With Report such a member stays, and would give or have what is granted to the role from then on. */
    @Test
    void withReportARoleInWhichAStrangerStaysIsNotTakenOver() {
        ObservedRole role = inherited(ORDERS, true, "taylor");
        Membership admin = new Membership(role.name(), "sam", "postgres", Reach.FOREIGN, true, false, false);
        roles.clear();
        roles.add(new ObservedRole(
                role.oid(),
                role.name(),
                role.mark(),
                role.attributes(),
                true,
                with(role.members(), admin),
                List.of(),
                role.privileges(),
                List.of()));
        unmanaged = Unmanaged.Report;

        Plan plan = plan(wanted(ORDERS, "taylor"));

        assertThat(plan.changes()).noneMatch(AdoptRole.class::isInstance).anyMatch(CreateRole.class::isInstance);
        List<String> sql = sql(wanted(ORDERS, "taylor"));
        assertThat(indexOf(sql, "REVOKE \"" + role.name() + "\" FROM \"taylor\""))
                .as("without a gap")
                .isEqualTo(indexOf(sql, "GRANT " + R + " TO \"taylor\"") + 1);
        assertThat(plan.leftovers())
                .singleElement()
                .satisfies(leftover -> assertThat(leftover.message())
                        .contains("\"sam\" is a member of \"" + role.name() + "\" by a grant of \"postgres\""));

        unmanaged = Unmanaged.Remove;
        assertThat(plan(wanted(ORDERS, "taylor")).changes()).hasAtLeastOneElementOfType(AdoptRole.class);
    }

    @Test
    void repairsARoleThatItTakesOver() {
        ObservedRole role = inherited(ORDERS, true, "taylor", "sam");
        List<String> sql = sql(wanted(ORDERS, "taylor", "quinn"));
        assertThat(sql)
                .containsExactly(
                        "ALTER ROLE \"" + role.name() + "\" RENAME TO " + R + ";",
                        "COMMENT ON ROLE " + R + " IS " + MARK + ";",
                        "REVOKE " + R + " FROM \"sam\" GRANTED BY \"portcullis\" CASCADE;",
                        "GRANT " + R + " TO \"quinn\" WITH ADMIN FALSE, INHERIT TRUE, SET FALSE;");
    }

    @Test
    void nobodysRevokeWaitsForARoleToBeTakenOver() {
        inherited(ORDERS, true, "taylor");
        columnsRole("quinn", held(COLUMNS));
        List<String> sql = sql(wanted(ORDERS, "taylor"));
        assertThat(sql.get(0)).startsWith("REVOKE \"" + name(COLUMNS) + "\" FROM \"quinn\"");
        assertThat(sql.get(1)).startsWith("ALTER ROLE");
    }

    @Test
    void removesWhatItTakesOverAndNobodyWants() {
        String theirs = '"' + inherited(ORDERS, true, "taylor").name() + '"';
        List<String> sql = sql(Set.of());
        assertThat(sql.get(0)).isEqualTo("REVOKE " + theirs + " FROM \"taylor\" GRANTED BY \"portcullis\" CASCADE;");
        assertThat(sql.get(sql.size() - 1)).isEqualTo("DROP ROLE " + theirs + ";");
    }

    @Test
    void keepsOfWhatItTakesOverWhatIsNotToBeTakenAway() {
        ObservedRole role = inherited(ORDERS, true, "taylor", "quinn");
        kept = Set.of(new Holding(THEN, role.name(), new Principal("taylor"), true));
        assertThat(sql(Set.of()))
                .containsExactly("REVOKE \"" + role.name() + "\" FROM \"quinn\" GRANTED BY \"portcullis\" CASCADE;");
    }

    /** What is held back is spoken of by one name, before the role is taken over and after: else it would not be known again. */
    @Test
    void whoIsKeptStaysInARoleThatIsTakenOver() {
        ObservedRole role = inherited(ORDERS, true, "taylor", "quinn");
        kept = observed().besides(wanted(ORDERS, "taylor"));
        assertThat(kept).containsExactly(new Holding(PORT, name(ORDERS), new Principal("quinn"), true));
        assertThat(sql(wanted(ORDERS, "taylor")))
                .containsExactly(
                        "ALTER ROLE \"" + role.name() + "\" RENAME TO " + R + ";",
                        "COMMENT ON ROLE " + R + " IS " + MARK + ";");

        roles.clear();
        role(List.of(member("taylor"), member("quinn")), held(ORDERS));
        assertThat(observed().besides(wanted(ORDERS, "taylor"))).isEqualTo(kept);
    }

    @Test
    void whoIsKeptStaysInARoleBesideOurOwn() {
        role(List.of(member("taylor")), held(ORDERS));
        ObservedRole theirs = inherited(ORDERS, true, "taylor", "quinn");
        kept = observed().besides(wanted(ORDERS, "taylor"));
        assertThat(kept).containsExactly(new Holding(PORT, name(ORDERS), new Principal("quinn"), true));
        assertThat(sql(wanted(ORDERS, "taylor")))
                .containsExactly("REVOKE \"" + theirs.name() + "\" FROM \"taylor\" GRANTED BY \"portcullis\" CASCADE;");
    }

    @Test
    void movesMembersOutOfARoleOfAnotherProfileWithoutAGap() {
        String theirs = '"' + inherited(ORDERS, true, "taylor").name() + '"';
        List<String> sql = sql(wanted(COLUMNS, "taylor"));
        int given = indexOf(sql, "GRANT \"" + name(COLUMNS) + "\" TO \"taylor\"");
        assertThat(indexOf(sql, "REVOKE " + theirs + " FROM \"taylor\"")).isEqualTo(given + 1);
        assertThat(indexOf(sql, "DROP ROLE " + theirs)).isEqualTo(sql.size() - 1);
    }

    @Test
    void whereItsOwnRoleIsThereTheOtherGoes() {
        role(List.of(member("taylor")), held(ORDERS));
        String theirs = '"' + inherited(ORDERS, true, "taylor").name() + '"';
        List<String> sql = sql(wanted(ORDERS, "taylor"));
        assertThat(sql).allMatch(statement -> statement.contains(theirs));
        assertThat(sql.get(sql.size() - 1)).isEqualTo("DROP ROLE " + theirs + ";");
    }

    @Test
    void aRoleWithoutTheAdminOptionIsNotTakenOverButReported() {
        ObservedRole role = inherited(ORDERS, false, "taylor");
        Plan plan = plan(wanted(ORDERS, "taylor"));
        assertThat(plan.changes()).noneMatch(AdoptRole.class::isInstance).anyMatch(CreateRole.class::isInstance);
        assertThat(plan.leftovers())
                .singleElement()
                .satisfies(leftover -> assertThat(leftover.message())
                        .contains("GRANT \"" + role.name() + "\" TO \"portcullis\" WITH ADMIN TRUE"));
    }

    @Test
    void whereTheNameIsTakenNobodyLosesAnything() {
        inherited(ORDERS, true, "taylor");
        occupied.put(name(ORDERS), new OccupiedName(name(ORDERS), Optional.empty(), false, false));
        Plan plan = plan(wanted(ORDERS, "taylor"));
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.refusals()).hasSize(1);
    }

    /** Whoever may create roles can take the name. */
    @Test
    void whereTheNameIsTakenNobodyKeepsWhatHasEnded() {
        ObservedRole role = inherited(ORDERS, true, "taylor", "quinn");
        occupied.put(name(ORDERS), new OccupiedName(name(ORDERS), Optional.empty(), false, false));
        assertThat(sql(wanted(ORDERS, "taylor")))
                .containsExactly("REVOKE \"" + role.name() + "\" FROM \"quinn\" GRANTED BY \"portcullis\" CASCADE;");
    }

    @Test
    void whatIsTakenOverCountsAsHeldAndNotAsMore() {
        inherited(ORDERS, true, "taylor", "quinn");
        inherited(COLUMNS, false, "taylor");
        PostgresqlObserved observed = observed();
        Set<Entitlement> taylor = wanted(ORDERS, "taylor");
        assertThat(taylor).allMatch(observed::holds);
        assertThat(wanted(COLUMNS, "taylor")).noneMatch(observed::holds);
        assertThat(observed.besides(taylor))
                .extracting(Holding::port, holding -> holding.principal().name())
                .containsExactlyInAnyOrder(tuple(PORT, "quinn"), tuple(PORT, "taylor"));
        assertThat(observed.besides(Set.of())).extracting(Holding::port).containsOnly(THEN);
        assertThat(observed.takenOver()).containsExactly(Map.entry(GONE, 2));
    }

    @Test
    void countsTheRolesOfOthers() {
        Owner other = new Owner("other", "x y");
        for (String name : List.of("portcullis_a", "portcullis_b")) {
            occupied.put(
                    name,
                    new OccupiedName(name, Optional.of(Mark.of(other, PORT).text()), false, false));
        }
        occupied.put(
                "own", new OccupiedName("own", Optional.of(Mark.of(OWNER, PORT).text()), true, false));
        occupied.put("none", new OccupiedName("none", Optional.empty(), true, false));
        assertThat(observed().others()).containsExactly(Map.entry(other, 2));
    }

    @Test
    void below16AMembershipHasNoOptionsAndNoGrantorToNameAndSessionsEnd() {
        dialect = Dialect.POSTGRESQL_15;
        role(List.of(member("quinn")), held(ORDERS));

        assertThat(sql(wanted(ORDERS, "taylor")))
                .containsExactly("REVOKE " + R + " FROM \"quinn\";", "GRANT " + R + " TO \"taylor\";", ends("quinn"));
    }

    @Test
    void below16WhatOthersGrantedIsEndedWithoutAnotherRole() {
        dialect = Dialect.POSTGRESQL_15;
        role(List.of(other("quinn", false), other("taylor", true)), held(ORDERS));

        assertThat(sql(wanted(ORDERS, "taylor")))
                .containsExactly(
                        "REVOKE " + R + " FROM \"quinn\";",
                        // who may pass it on gets it anew
                        "REVOKE " + R + " FROM \"taylor\";",
                        "GRANT " + R + " TO \"taylor\";",
                        ends("quinn"));
        unmanaged = Unmanaged.Report;
        Plan reported = plan(wanted(ORDERS, "taylor"));
        assertThat(reported.changes()).isEmpty();
        assertThat(reported.leftovers()).hasSize(2);
    }

    // ---- below 15 whoever leaves may have let another login become the role, whose session cannot be told from
    // others'

    private static final String MARK_LEFT = MARK.substring(0, MARK.length() - 1) + " left'";

    private static List<String> builtAnewOn14(String... members) {
        List<String> sql = new ArrayList<>(List.of(
                "REVOKE CONNECT ON DATABASE \"shop\" FROM " + R + " CASCADE;",
                "REVOKE USAGE ON SCHEMA \"sales\" FROM " + R + " CASCADE;",
                "REVOKE SELECT ON TABLE \"sales\".\"orders\" FROM " + R + " CASCADE;"));
        Arrays.stream(members).forEach(member -> sql.add("REVOKE " + R + " FROM \"" + member + "\";"));
        sql.addAll(List.of(
                "ALTER ROLE " + R + " RENAME TO " + RETIRED + ";",
                "COMMENT ON ROLE " + RETIRED + " IS " + MARK.substring(0, MARK.length() - 1) + " retired';",
                "CREATE ROLE " + R + " NOLOGIN;",
                "COMMENT ON ROLE " + R + " IS " + MARK + ";",
                "GRANT CONNECT ON DATABASE \"shop\" TO " + R + ";",
                "GRANT USAGE ON SCHEMA \"sales\" TO " + R + ";",
                "GRANT SELECT ON TABLE \"sales\".\"orders\" TO " + R + ";"));
        Arrays.stream(members).forEach(member -> sql.add("GRANT " + R + " TO \"" + member + "\";"));
        sql.add("DROP ROLE " + RETIRED + ";");
        return sql;
    }

    private static List<String> leaves(String login) {
        return List.of("COMMENT ON ROLE " + R + " IS " + MARK_LEFT + ";", "REVOKE " + R + " FROM \"" + login + "\";");
    }

    @SafeVarargs
    private static List<String> all(List<String>... parts) {
        return Arrays.stream(parts).flatMap(List::stream).toList();
    }

    private ObservedRole leftRole(List<Membership> members) {
        ObservedRole role = role(members, held(ORDERS));
        roles.clear();
        roles.add(Inheritance.as(role, role.name(), role.mark().asLeft()));
        return roles.get(0);
    }

    @Test
    void below15ARoleThatSomebodyLeavesIsNotedInTheSameBreathAndBuiltAnew() {
        dialect = Dialect.POSTGRESQL_14;
        role(List.of(other("quinn", false), member("taylor")), held(ORDERS));

        assertThat(sql(wanted(ORDERS, "taylor")))
                .isEqualTo(all(leaves("quinn"), List.of(ends("quinn")), builtAnewOn14("taylor")));
        assertThat(plan(wanted(ORDERS, "taylor")).changes().get(0).describe().lines())
                .containsExactlyElementsOf(leaves("quinn"));

        dialect = Dialect.POSTGRESQL_15;
        assertThat(sql(wanted(ORDERS, "taylor"))).containsExactly("REVOKE " + R + " FROM \"quinn\";", ends("quinn"));
    }

    @Test
    void below15ManyWhoLeaveAreOneRoleBuiltAnew() {
        dialect = Dialect.POSTGRESQL_14;
        List<Membership> members = new ArrayList<>(List.of(member("taylor")));
        for (int i = 0; i < 100; i++) {
            members.add(member("login" + i));
        }
        role(members, held(ORDERS));

        assertThat(plan(wanted(ORDERS, "taylor")).changes().stream().filter(RebuildRole.class::isInstance))
                .hasSize(1);
    }

    /** However the process ended that took somebody out, and whatever refused to build it anew. */
    @Test
    void below15ARoleThatWasLeftIsBuiltAnewUntilItIs() {
        dialect = Dialect.POSTGRESQL_14;
        leftRole(List.of(member("taylor")));
        assertThat(sql(wanted(ORDERS, "taylor"))).isEqualTo(builtAnewOn14("taylor"));
        assertThat(plan(wanted(ORDERS, "taylor")).leftovers())
                .as("as long as somebody puts it off")
                .extracting(Plan.Leftover::reason)
                .containsExactly(Reason.SessionsMayRemain);
        assertThat(sql(wanted(ORDERS, "quinn")))
                .as("noted already")
                .startsWith("REVOKE " + R + " FROM \"taylor\";")
                .noneMatch(line -> line.contains(MARK_LEFT));

        leftRole(List.of());
        assertThat(sql(wanted(ORDERS, "taylor")))
                .as("nobody is put into it again")
                .startsWith("REVOKE CONNECT ON DATABASE \"shop\" FROM " + R + " CASCADE;")
                .contains("CREATE ROLE " + R + " NOLOGIN;");
        assertThat(sql(Set.of())).endsWith("DROP ROLE " + R + ";").noneMatch(line -> line.startsWith("CREATE"));

        dialect = Dialect.POSTGRESQL_15;
        leftRole(List.of(member("taylor")));
        assertThat(sql(wanted(ORDERS, "taylor"))).as("after an upgrade").isEmpty();
    }

    /** Whoever holds a lock on its objects keeps it from being built anew: until then an accomplice goes on reading, and that is not to be kept quiet. */
    @Test
    void below15ARoleThatCouldNotBeBuiltAnewIsReported() {
        dialect = Dialect.POSTGRESQL_14;
        role(List.of(member("quinn"), member("taylor")), held(ORDERS));
        assertThat(plan(wanted(ORDERS, "taylor")).leftovers())
                .as("not tried yet")
                .isEmpty();

        leftRole(List.of(member("taylor")));
        Plan again = plan(wanted(ORDERS, "taylor"));
        assertThat(again.changes()).hasAtLeastOneElementOfType(RebuildRole.class);
        assertThat(again.leftovers()).extracting(Plan.Leftover::reason).containsExactly(Reason.SessionsMayRemain);

        dialect = Dialect.POSTGRESQL_15;
        leftRole(List.of(member("taylor"), stranger("sam")));
        assertThat(plan(wanted(ORDERS, "taylor")).leftovers())
                .as("after an upgrade")
                .extracting(Plan.Leftover::reason)
                .containsExactly(Reason.ForeignGrant);
    }

    @Test
    void below15WhoLeftByOtherHandsIsKnownByTheRecord() {
        dialect = Dialect.POSTGRESQL_14;
        role(List.of(member("taylor")), held(ORDERS));
        ending = new Sessions(false, Set.of(new Holding(PORT, name(ORDERS), new Principal("quinn"), true)));

        assertThat(sql(wanted(ORDERS, "taylor")))
                .isEqualTo(all(List.of("COMMENT ON ROLE " + R + " IS " + MARK_LEFT + ";"), builtAnewOn14("taylor")));

        ending = new Sessions(false, Set.of(new Holding(PORT, name(COLUMNS), new Principal("quinn"), true)));
        assertThat(sql(wanted(ORDERS, "taylor"))).as("another role of the port").isEmpty();
        dialect = Dialect.POSTGRESQL_15;
        ending = new Sessions(false, Set.of(new Holding(PORT, name(ORDERS), new Principal("quinn"), true)));
        assertThat(sql(wanted(ORDERS, "taylor"))).isEmpty();
    }

    @Test
    void below15WhoIsHeldBackKeepsWhatTheRoleHasInAnother() {
        dialect = Dialect.POSTGRESQL_14;
        role(List.of(member("quinn"), member("taylor")), held(ORDERS));
        kept = Set.of(new Holding(PORT, name(ORDERS), new Principal("taylor"), true));

        assertThat(sql(Set.of())).isEqualTo(all(leaves("quinn"), List.of(ends("quinn")), builtAnewOn14("taylor")));
    }

    @Test
    void below15AMoveHasNoGapAndTheRoleIsBuiltAnewAfterIt() {
        dialect = Dialect.POSTGRESQL_14;
        role(List.of(member("quinn"), member("taylor")), held(ORDERS));
        Set<Entitlement> wanted = new LinkedHashSet<>(wanted(ORDERS, "quinn"));
        wanted.addAll(wanted(COLUMNS, "taylor"));

        List<String> sql = sql(wanted);

        int given = indexOf(sql, "GRANT \"" + name(COLUMNS) + "\" TO \"taylor\"");
        assertThat(sql.subList(given + 1, sql.size()))
                .isEqualTo(all(leaves("taylor"), builtAnewOn14("quinn"), List.of(ends("taylor"))));
    }

    @Test
    void below15WhatOthersGrantedStaysWithReportAndThenTheRoleToo() {
        dialect = Dialect.POSTGRESQL_14;
        unmanaged = Unmanaged.Report;
        role(List.of(member("quinn"), member("taylor")), held(ORDERS));
        assertThat(sql(wanted(ORDERS, "taylor")))
                .endsWith(builtAnewOn14("taylor").toArray(String[]::new));

        roles.clear();
        role(List.of(member("quinn"), member("taylor"), other("sam", false)), held(ORDERS));
        Plan plan = plan(wanted(ORDERS, "taylor"));
        assertThat(plan.changes()).noneMatch(RebuildRole.class::isInstance);
        assertThat(plan.leftovers())
                .extracting(Plan.Leftover::reason)
                .containsExactly(Reason.ForeignGrant, Reason.SessionsMayRemain);
        leftRole(List.of(member("taylor"), other("sam", false)));
        Plan again = plan(wanted(ORDERS, "taylor"));
        assertThat(again.changes()).isEmpty();
        assertThat(again.leftovers()).isEqualTo(plan.leftovers());
    }

    @Test
    void below15WhatCannotBeReachedIsBuiltAnewLater() {
        dialect = Dialect.POSTGRESQL_14;
        leftRole(List.of(member("taylor")));
        refused.put("shop", "it does not accept connections");

        Plan plan = plan(wanted(ORDERS, "taylor"));

        assertThat(plan.changes()).isEmpty();
        assertThat(plan.leftovers())
                .singleElement()
                .satisfies(leftover ->
                        assertThat(leftover.message()).endsWith("COMMENT ON ROLE " + R + " IS " + MARK + ";"));
    }

    @Test
    void below15ARoleThatIsTakenOverStaysNoted() {
        dialect = Dialect.POSTGRESQL_14;
        ObservedRole theirs = inherited(ORDERS, true, "quinn", "taylor");
        kept = Set.of(new Holding(PORT, theirs.name(), new Principal("taylor"), true));
        assertThat(sql(Set.of()))
                .as("until it has a name of ours, its mark says whose it was")
                .startsWith("COMMENT ON ROLE \"" + theirs.name() + "\" IS '"
                        + theirs.mark().asLeft().text() + "';")
                .contains("COMMENT ON ROLE \"" + theirs.name() + "\" IS '"
                        + theirs.mark().text() + "';");

        roles.clear();
        roles.add(Inheritance.as(theirs, theirs.name(), theirs.mark().asLeft()));
        assertThat(sql(wanted(ORDERS, "quinn", "taylor")))
                .startsWith(
                        "ALTER ROLE \"" + theirs.name() + "\" RENAME TO " + R + ";",
                        "COMMENT ON ROLE " + R + " IS " + MARK_LEFT + ";")
                .contains("CREATE ROLE " + R + " NOLOGIN;");
    }

    @Test
    void below16WhoHasItByAnothersGrantHasIt() {
        dialect = Dialect.POSTGRESQL_15;
        role(List.of(other("taylor", false)), held(ORDERS));

        assertThat(sql(wanted(ORDERS, "taylor"))).isEmpty();
    }

    @Test
    void below16AnOwnerIsBuiltAnewHoweverOften() {
        dialect = Dialect.POSTGRESQL_15;
        Dependency view = retired(3);
        role(List.of(member("taylor")), held(ORDERS), Attributes.NONE, List.of(view));
        assertThat(sql(wanted(ORDERS, "taylor"))).anyMatch(line -> line.contains(" RENAME TO " + RETIRED));

        dialect = Dialect.POSTGRESQL_16;
        assertThat(sql(wanted(ORDERS, "taylor"))).isEmpty();
    }

    private Dependency retired(int many) {
        Dependency view = new Dependency(Dependency.Kind.OWNS, "view leak", Optional.of("shop"));
        for (int i = 0; i < many; i++) {
            roles.add(new ObservedRole(
                    i,
                    "retired" + i,
                    Mark.of(OWNER, PORT).asRetired(),
                    Attributes.NONE,
                    true,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(view)));
        }
        return view;
    }

    @Test
    void manyRolesLeftBehindByAPortAreCounted() {
        retired(5);
        assertThat(plan(wanted(ORDERS, "taylor")).leftovers()).hasSize(5);

        roles.clear();
        retired(6);
        Plan plan = plan(wanted(ORDERS, "taylor"));
        assertThat(plan.leftovers())
                .extracting(Plan.Leftover::message)
                .hasSize(7)
                .filteredOn(message -> message.contains("6 roles"))
                .singleElement()
                .asString()
                .contains("checkout/orders", "end the agreement");
        assertThat(plan(wanted(ORDERS, "taylor")).leftovers())
                .as("in the same words")
                .isEqualTo(plan.leftovers());
    }

    @Test
    void sessionsEndOnlyWhereThatIsAsked() {
        role(List.of(member("taylor"), member("quinn")), held(ORDERS));
        assertThat(sql(wanted(ORDERS, "taylor"))).noneMatch(line -> line.contains("pg_terminate_backend"));
        assertThat(plan(wanted(ORDERS, "taylor")).warnings()).isEmpty();

        ending = new Sessions(true, Set.of());

        assertThat(sql(wanted(ORDERS, "taylor"))).endsWith(ends("quinn"));
        assertThat(plan(wanted(ORDERS, "taylor")).warnings()).hasSize(1);
        signals = true;
        assertThat(plan(wanted(ORDERS, "taylor")).warnings()).isEmpty();
    }

    @Test
    void sessionsOfWhoMovesEndAfterTheMoveAndOnlyIfItIsToLess() {
        ending = new Sessions(true, Set.of());
        role(List.of(member("taylor")), held(ORDERS));
        assertThat(sql(wanted(COLUMNS, "taylor"))).endsWith("DROP ROLE " + R + ";", ends("taylor"));

        roles.clear();
        columnsRole("taylor", held(COLUMNS));
        assertThat(sql(wanted(ORDERS, "taylor")))
                .endsWith("DROP ROLE \"" + name(COLUMNS) + "\";")
                .doesNotContain(ends("taylor"));
    }

    @Test
    void sessionsOfWhoLostItBeforeEndIfThereAreAny() {
        Holding taylor = new Holding(PORT, name(ORDERS), new Principal("taylor"), true);
        ending = new Sessions(true, Set.of(taylor));
        assertThat(sql(Set.of())).isEmpty();
        sessions = Set.of("taylor");
        assertThat(sql(Set.of())).containsExactly(ends("taylor"));
        assertThat(sql(wanted(COLUMNS, "taylor"))).as("now it has less").contains(ends("taylor"));
        assertThat(sql(wanted(ORDERS, "taylor"))).as("now it has it again").doesNotContain(ends("taylor"));
        role(List.of(stranger("taylor")), held(ORDERS));
        unmanaged = Unmanaged.Report;
        assertThat(sql(wanted(ORDERS, "quinn"))).as("now it still has it").doesNotContain(ends("taylor"));
    }

    /** By then it has another name. */
    @Test
    void sessionsEndOfWhoIsTakenOutOfARoleThatIsTakenOver() {
        dialect = Dialect.POSTGRESQL_15;
        inherited(ORDERS, true, "quinn", "taylor");

        assertThat(sql(wanted(ORDERS, "taylor")))
                .contains("REVOKE " + R + " FROM \"quinn\";", ends("quinn"))
                .doesNotContain(ends("taylor"));
    }

    /** The port had another UID then. */
    @Test
    void sessionsOfWhoMovesToMoreOutOfARoleThatIsTakenOverGoOn() {
        dialect = Dialect.POSTGRESQL_15;
        inherited(COLUMNS, true, "taylor");

        assertThat(sql(wanted(ORDERS, "taylor")))
                .contains("GRANT " + R + " TO \"taylor\";")
                .doesNotContain(ends("taylor"));
    }

    private static Membership other(String name, boolean admin) {
        return new Membership(name(ORDERS), name, "gone", Reach.OTHERS, admin, true, true);
    }

    private static String ends(String login) {
        return "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + login
                + "' AND pid <> pg_backend_pid() AND NOT pg_has_role(usesysid, current_user, 'MEMBER');";
    }
}

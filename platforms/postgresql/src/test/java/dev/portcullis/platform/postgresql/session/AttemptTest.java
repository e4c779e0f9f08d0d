package dev.portcullis.platform.postgresql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PortId;
import dev.portcullis.platform.postgresql.EmbeddedServer;
import dev.portcullis.platform.postgresql.Shop;
import dev.portcullis.platform.postgresql.change.GrantPrivilege;
import dev.portcullis.platform.postgresql.change.PostgresqlChange;
import dev.portcullis.platform.postgresql.change.PostgresqlChange.Lane;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.sql.Privilege;
import dev.portcullis.platform.postgresql.sql.SqlObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of which some fail, in one transaction. */
class AttemptTest {
    private static final Mark MARK =
            new Mark(new Owner("installation", "warehouse"), new PortId("uid", "checkout", "orders"), Mark.Use.CURRENT);
    private static final PostgresqlChange ORDERS = grant("orders");
    private static final PostgresqlChange ITEMS = grant("order_items");
    private static final PostgresqlChange MISSING = grant("no_such_table");

    private final Patience patience = Patience.of(Lane.DROPS);
    private final Failures failures = new Failures(Shop.server("portcullis"), "portcullis_login");
    private final Map<PostgresqlChange, String> states = new HashMap<>();
    private Shop shop;
    private Connection connection;

    private static PostgresqlChange grant(String table) {
        return new GrantPrivilege("sam", MARK, new Privilege("SELECT", new SqlObject.Table("shop", "sales", table)));
    }

    @BeforeEach
    void open() throws SQLException {
        shop = Shop.fresh();
        connection = EmbeddedServer.connect("postgres", "shop");
        connection.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        shop.close();
    }

    private void attempt(Connection with, PostgresqlChange... changes) throws SQLException {
        try (Attempt attempt = new Attempt(with, patience, failures)) {
            attempt.all(
                    List.of(changes),
                    (change, failure) -> states.put(
                            change, failure.map(SQLException::getSQLState).orElse("done")));
        }
    }

    @Test
    void oneThatFailsTakesNoOtherWithIt() throws Exception {
        attempt(connection, ORDERS, MISSING, ITEMS);
        connection.commit();

        assertThat(states).isEqualTo(Map.of(ORDERS, "done", MISSING, "42P01", ITEMS, "done"));
        assertThat(mayRead("orders")).isTrue();
        assertThat(mayRead("order_items")).isTrue();
    }

    /** It is set within the transaction, and what is rolled back takes settings with it. */
    @Test
    void whoWaitedInVainWaitsLessAlsoAfterAnotherFailure() throws Exception {
        try (Connection migration = EmbeddedServer.connect("postgres", "shop");
                Statement statement = migration.createStatement()) {
            migration.setAutoCommit(false);
            statement.execute("GRANT SELECT ON sales.order_items TO sam");

            attempt(connection, ITEMS, MISSING);

            assertThat(states).isEqualTo(Map.of(ITEMS, "55P03", MISSING, "42P01"));
            assertThat(one(connection, "SHOW lock_timeout")).isEqualTo("25ms");
            migration.rollback();
        }
    }

    /** Somebody cancels what is asked of the server just when the savepoint is renewed. */
    @Test
    void whatWasDoneIsNotRolledBackAndCalledDone() throws Exception {
        assertThatThrownBy(() -> attempt(cancelled("RELEASE"), ORDERS, MISSING))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("savepoint");
    }

    private boolean mayRead(String table) throws SQLException {
        return one(connection, "SELECT has_table_privilege('sam', 'sales." + table + "', 'SELECT')")
                .equals("t");
    }

    private static String one(Connection connection, String sql) throws SQLException {
        return Query.rows(connection, sql, row -> row.getString(1)).get(0);
    }

    /** The connection, on which each message that begins so is cancelled before it is worked on. */
    private Connection cancelled(String beginning) {
        return proxy(Connection.class, connection, (method, arguments, answer) -> {
            Object made = answer.get();
            return made instanceof Statement statement
                    ? proxy(Statement.class, statement, (name, sql, go) -> {
                        if (name.equals("execute") && ((String) sql[0]).startsWith(beginning)) {
                            throw new SQLException("canceling statement due to user request", "57014");
                        }
                        return go.get();
                    })
                    : made;
        });
    }

    private interface Answer {
        Object get() throws Throwable;
    }

    private interface Call {
        Object answer(String method, Object[] arguments, Answer answer) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T target, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.answer(method.getName(), arguments, () -> {
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                })));
    }
}

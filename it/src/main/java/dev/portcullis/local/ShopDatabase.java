package dev.portcullis.local;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A small shop, and the operator's rights on it by the recipe of the guide: no superuser, no more than SELECT on one
 * schema with grant option.
 */
public final class ShopDatabase {
    /** Its database, its schema that is offered, and one that is not. */
    public static final String DATABASE = "shop";

    public static final String SCHEMA = "sales";
    public static final String HIDDEN_SCHEMA = "finance";

    /** The role that grants; it owns what it makes and cannot log in. */
    public static final String OPERATOR_ROLE = "portcullis";

    /** The login that may become it. */
    public static final String OPERATOR_LOGIN = "portcullis_login";

    /** People with a login of their own. */
    public static final List<String> PEOPLE = List.of("taylor", "quinn", "robin", "olga", "pat");

    private static final String TABLES = """
            CREATE SCHEMA sales;
            CREATE TABLE sales.customers (
              customer_id integer PRIMARY KEY, name text NOT NULL, email text NOT NULL, phone text);
            CREATE TABLE sales.orders (
              order_id integer PRIMARY KEY, customer integer NOT NULL REFERENCES sales.customers,
              country text NOT NULL, amount numeric(10, 2) NOT NULL, ordered_at timestamptz NOT NULL);
            CREATE TABLE sales.order_items (
              order_id integer NOT NULL REFERENCES sales.orders, sku text NOT NULL,
              quantity integer NOT NULL, price numeric(10, 2) NOT NULL, PRIMARY KEY (order_id, sku));
            INSERT INTO sales.customers
              SELECT i, 'Customer ' || i, 'customer' || i || '@example.com', '+49 30 ' || (1000 + i)
              FROM generate_series(1, 20) i;
            INSERT INTO sales.orders
              SELECT i, 1 + i % 20, (ARRAY['DE', 'FR', 'NL', 'PL'])[1 + i % 4], 10 + i * 1.5,
                     timestamptz '2026-01-01 08:00:00+00' + i * interval '7 hours'
              FROM generate_series(1, 100) i;
            INSERT INTO sales.order_items
              SELECT 1 + i / 2, 'sku-' || i, 1 + i % 3, 5 + i * 0.5 FROM generate_series(0, 199) i;
            CREATE SCHEMA finance;
            CREATE TABLE finance.invoices (
              invoice_id integer PRIMARY KEY, order_id integer NOT NULL, total numeric(10, 2) NOT NULL);
            INSERT INTO finance.invoices SELECT order_id, order_id, amount FROM sales.orders;
            """;

    /** What the owner of a schema runs to offer it: DESIGN.md section 5. */
    private static final String OFFER = """
            GRANT CONNECT ON DATABASE shop TO portcullis WITH GRANT OPTION;
            GRANT USAGE ON SCHEMA sales TO portcullis WITH GRANT OPTION;
            GRANT SELECT ON ALL TABLES IN SCHEMA sales TO portcullis WITH GRANT OPTION;
            ALTER DEFAULT PRIVILEGES IN SCHEMA sales GRANT SELECT ON TABLES TO portcullis WITH GRANT OPTION;
            CREATE SCHEMA portcullis_views;
            GRANT USAGE, CREATE ON SCHEMA portcullis_views TO portcullis WITH GRANT OPTION;
            """;

    private final PostgresAddress server;

    /** One that was made before. */
    public ShopDatabase(PostgresAddress server) {
        this.server = server;
    }

    /** Makes the database, the people's logins and the operator's on a server that has none of them. */
    public static ShopDatabase create(LocalPostgres server) {
        ShopDatabase shop = new ShopDatabase(server.address());
        shop.execute("postgres", "CREATE ROLE shop_owner NOLOGIN");
        shop.execute("postgres", "CREATE DATABASE shop OWNER shop_owner");
        shop.execute("postgres", "CREATE ROLE portcullis NOLOGIN CREATEROLE");
        shop.execute(
                "postgres", "CREATE ROLE portcullis_login LOGIN NOINHERIT PASSWORD '" + shop.operatorPassword() + "'");
        shop.execute("postgres", "GRANT portcullis TO portcullis_login");
        shop.execute(DATABASE, "SET ROLE shop_owner; " + TABLES + OFFER);
        PEOPLE.forEach(shop::createLogin);
        return shop;
    }

    /** A login without any right; its password is {@link #passwordOf}. */
    public void createLogin(String login) {
        execute(
                "postgres",
                "CREATE ROLE " + quoted(login) + " LOGIN PASSWORD '"
                        + passwordOf(login).replace("'", "''") + "'");
    }

    /** Not a secret: a person's password is the person's name, so that the guide can say it. */
    public static String passwordOf(String login) {
        return login;
    }

    /** Of {@link #OPERATOR_LOGIN}; a secret, other for every server. */
    public String operatorPassword() {
        return "op-" + server.password();
    }

    public PostgresAddress server() {
        return server;
    }

    /** What one query as one login gave. */
    public record Answer(List<List<String>> rows, String error) {
        public boolean allowed() {
            return error.isEmpty();
        }

        /** The only value of the only row. */
        public String value() {
            return rows.isEmpty() || rows.get(0).isEmpty() ? "" : rows.get(0).get(0);
        }
    }

    /** Runs a query in a new session of the login, as the person would. */
    public Answer query(String login, String sql) {
        try (Connection connection = server.connect(DATABASE, login, passwordOf(login))) {
            return new Answer(rows(connection, sql), "");
        } catch (SQLException e) {
            return new Answer(List.of(), String.valueOf(e.getMessage()));
        }
    }

    /** Runs a query as superuser in the shop's database. */
    public List<List<String>> look(String sql) {
        try (Connection connection = server.connect(DATABASE)) {
            return rows(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Runs statements as superuser: what a DBA does behind the operator's back. */
    public void execute(String database, String sql) {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql.lines().findFirst().orElse(""), e);
        }
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(row);
            }
            return rows;
        }
    }
}

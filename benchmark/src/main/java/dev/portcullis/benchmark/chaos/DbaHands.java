package dev.portcullis.benchmark.chaos;

import dev.portcullis.local.ShopDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What a DBA does in PostgreSQL, behind the operator's back. */
final class DbaHands {
    /** An interval and what a comparison takes: whatever is not explained is gone then. */
    private static final Duration FOUND_OUT = Duration.ofSeconds(6);

    private static final String ROLES = "FROM pg_roles r WHERE r.rolname LIKE 'portcullis\\_%%' AND NOT r.rolcanlogin"
            + " AND has_any_column_privilege(r.oid, '" + Mesh.SCHEMA + ".%s', 'SELECT')";

    private final ShopDatabase shop;
    private final Model model;
    private final Random random;

    DbaHands(ShopDatabase shop, Model model, Random random) {
        this.shop = shop;
        this.model = model;
        this.random = random;
    }

    boolean grant(Operation.GrantByHand grant) {
        List<List<String>> roles =
                look("SELECT quote_ident(r.rolname) " + ROLES.formatted(grant.port()) + " ORDER BY 1");
        if (roles.isEmpty()) {
            return false;
        }
        String role = any(roles).get(0);
        return givesForAWhile(
                List.of(grant.login()),
                grant.port(),
                Mesh.COLUMNS,
                (grant.asOperator() ? "SET ROLE portcullis; " : "") + "GRANT " + role + " TO " + grant.login());
    }

    boolean widen(Operation.WidenByHand widen) {
        List<List<String>> roles =
                look("SELECT quote_ident(r.rolname) " + ROLES.formatted(widen.port()) + " ORDER BY 1");
        if (roles.isEmpty()) {
            return false;
        }
        return givesForAWhile(
                Mesh.logins(),
                widen.port(),
                List.of(widen.column()),
                "SET ROLE portcullis; GRANT SELECT (" + widen.column() + ") ON " + Mesh.SCHEMA + "." + widen.port()
                        + " TO " + any(roles).get(0));
    }

    boolean revoke(Operation.RevokeByHand revoke) {
        List<List<String>> members = look(
                "SELECT format('REVOKE %I FROM %I GRANTED BY %I', r.rolname, m.rolname, g.rolname)".replace("%%", "%")
                        + " FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member AND m.rolcanlogin JOIN pg_roles g ON g.oid = a.grantor"
                        + " JOIN pg_roles r ON r.oid = a.roleid WHERE a.roleid IN (SELECT r.oid "
                        + ROLES.formatted(revoke.port()) + ") ORDER BY 1");
        return !members.isEmpty() && done(any(members).get(0));
    }

    private boolean givesForAWhile(List<String> logins, String port, List<String> columns, String sql) {
        excuse(logins, port, columns);
        boolean done = done(sql);
        excuse(logins, port, columns);
        return done;
    }

    private void excuse(List<String> logins, String port, List<String> columns) {
        logins.forEach(login -> columns.forEach(column -> model.excuse(new Cell(login, port, column), FOUND_OUT)));
    }

    /** The role may have gone in between, and the server may be away. */
    private boolean done(String sql) {
        try {
            shop.execute(ShopDatabase.DATABASE, sql);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Nothing while the server is away. */
    private List<List<String>> look(String sql) {
        try {
            return shop.look(sql);
        } catch (IllegalStateException e) {
            return List.of();
        }
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}

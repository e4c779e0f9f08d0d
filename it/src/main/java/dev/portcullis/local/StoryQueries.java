package dev.portcullis.local;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The queries of the story: each is a consumer's own session, and the answer, or the refusal, is told. */
final class StoryQueries {
    private final ShopDatabase shop;
    private final TryConsole console;

    StoryQueries(ShopDatabase shop, TryConsole console) {
        this.shop = shop;
        this.console = console;
    }

    void answered(String login, String sql) {
        ShopDatabase.Answer answer = tell(login, sql);
        if (!answer.allowed()) {
            throw new StepFailed("expected: " + login + " may run " + sql + "\nseen: " + answer.error());
        }
        console.passed("allowed");
    }

    void refused(String login, String sql) {
        ShopDatabase.Answer answer = tell(login, sql);
        if (!answer.error().contains("permission denied")) {
            throw new StepFailed("expected: " + login + " is refused " + sql + " with \"permission denied\"\nseen: "
                    + (answer.allowed() ? answer.rows() : answer.error()));
        }
        console.passed("refused");
    }

    /** A session that stays open, to see what becomes of it. */
    Connection session(String login) throws SQLException {
        return shop.server().connect(ShopDatabase.DATABASE, login, ShopDatabase.passwordOf(login));
    }

    /** Untold: that an open session reads while it may is no news. */
    void answeredIn(Connection session, String sql) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    void refusedIn(Connection session, String login, String sql) {
        try (var statement = session.createStatement()) {
            statement.execute(sql);
            throw new StepFailed(
                    "expected: the session that " + login + " opened before is refused, too\nseen: it still reads");
        } catch (SQLException e) {
            console.passed("a session that " + login + " opened before is refused, too: " + firstLine(e.getMessage()));
        }
    }

    /** Who holds the operator's roles. */
    void memberships() {
        console.command(
                "postgres@shop", "SELECT roleid::regrole, member::regrole FROM pg_auth_members -- as the DBA sees it");
        List<List<String>> rows = shop.look(
                "SELECT roleid::regrole, member::regrole FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member"
                        + " WHERE roleid::regrole::text LIKE '%portcullis\\_%' AND rolname NOT LIKE 'portcullis%' ORDER BY 1, 2");
        console.output(rows.isEmpty() ? "(no rows)" : table(rows));
    }

    private ShopDatabase.Answer tell(String login, String sql) {
        console.command(login + "@shop", sql);
        ShopDatabase.Answer answer = shop.query(login, sql);
        console.output(answer.allowed() ? table(answer.rows()) : firstLine(answer.error()));
        return answer;
    }

    private static String table(List<List<String>> rows) {
        return rows.stream().map(row -> String.join(" | ", row)).collect(Collectors.joining("\n"));
    }

    private static String firstLine(@Nullable String text) {
        return String.valueOf(text).lines().findFirst().orElse("");
    }
}

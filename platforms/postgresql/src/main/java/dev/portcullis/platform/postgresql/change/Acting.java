package dev.portcullis.platform.postgresql.change;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * As whom something is done to a view. The operator has nothing of the roles that own views without becoming one: so what it does as itself never reaches a view,
 * by whatever name somebody moved it to, and as one of them it reaches the views of that port alone.
 *
 * @param owner the role that owns the view
 * @param operator who goes on afterwards
 */
public record Acting(String owner, String operator) {
    /** Statements, as whoever is to run them. */
    static List<String> statements(Optional<Acting> as, List<String> statements) {
        return as.map(one -> one.statements(statements)).orElse(statements);
    }

    List<String> statements(List<String> statements) {
        List<String> all = new ArrayList<>(List.of("SET LOCAL ROLE " + quote(owner)));
        all.addAll(statements);
        all.add("SET LOCAL ROLE " + quote(operator));
        return all;
    }
}

package dev.portcullis.platform.postgresql.plan;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import dev.portcullis.platform.Plan.Reason;
import dev.portcullis.platform.postgresql.role.RoleName;
import dev.portcullis.platform.postgresql.sql.Dialect;
import dev.portcullis.platform.postgresql.sql.Identifier;
import dev.portcullis.platform.postgresql.state.ObservedPrincipal;
import dev.portcullis.platform.postgresql.state.OperatorRole;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may be granted to: an ordinary login that nobody else becomes or inherits from. */
public final class PrincipalJudge {
    /** Words that mean something else than a role, even in quotes. */
    private static final Set<String> RESERVED = Set.of("public", "none");

    private final OperatorRole operator;
    private final PostgresqlObserved seen;
    private final Set<String> ours;

    PrincipalJudge(PostgresqlObserved seen) {
        this.operator = seen.operator();
        this.seen = seen;
        this.ours = seen.roles().stream().map(role -> role.name()).collect(Collectors.toSet());
    }

    /** Why a name can never be granted to on any server; empty: it depends on what the server knows of it. */
    public static Optional<String> impossible(String name) {
        Optional<String> problem = Identifier.problem(name);
        if (problem.isPresent()) {
            return Optional.of("the principal's name " + problem.get()
                    + ": let spec.principals of the DataPlatform make another name of it");
        }
        if (RESERVED.contains(name) || name.startsWith("pg_") || name.startsWith(RoleName.PREFIX)) {
            return Optional.of(quote(name) + " is a name reserved by the server or by Portcullis: use another login");
        }
        return Optional.empty();
    }

    /** Why the principal is not granted to; empty: it may be. */
    Optional<Problem> problem(String name) {
        Optional<String> never = impossible(name);
        if (never.isPresent()) {
            return refused(never.get());
        }
        if (operator.is(name)) {
            return refused(quote(name) + " is the operator's own role: use another login");
        }
        if (ours.contains(name) || seen.occupied().containsKey(name)) {
            return refused(quote(name) + " belongs to Portcullis: use another login");
        }
        ObservedPrincipal principal = seen.principals().get(name);
        if (principal == null) {
            return Optional.of(new Problem(
                    Reason.PrincipalNotFound,
                    "the server has no login " + quote(name) + " (yet): create it with CREATE ROLE " + quote(name)
                            + " LOGIN, and it is granted to at the next comparison"));
        }
        return attributes(principal).or(() -> inheritance(principal, operator.dialect()));
    }

    /** Why nobody would grant to a login, whoever the operator is on its server; empty: it depends on that. */
    public static Optional<String> unfit(ObservedPrincipal principal, Dialect dialect) {
        return impossible(principal.name())
                .or(() -> attributes(principal)
                        .or(() -> inheritance(principal, dialect))
                        .map(Problem::message));
    }

    /** Since 16 a membership says whether its member inherits. */
    private static Optional<Problem> inheritance(ObservedPrincipal principal, Dialect dialect) {
        String name = quote(principal.name());
        return principal.inherits() || dialect.hasMembershipsPerGrantor()
                ? Optional.empty()
                : refused(name + " is NOINHERIT, and below PostgreSQL 16 has nothing by a membership: run ALTER ROLE "
                        + name + " INHERIT, or upgrade the server");
    }

    private static Optional<Problem> attributes(ObservedPrincipal principal) {
        String name = quote(principal.name());
        if (principal.attributes().superuser()) {
            return refused(name + " is a superuser, whom no grant limits: use another login");
        }
        if (principal.attributes().createRole()) {
            return tooPowerful(name, "CREATEROLE");
        }
        if (principal.attributes().bypassRls()) {
            return tooPowerful(name, "BYPASSRLS");
        }
        if (principal.attributes().replication()) {
            return tooPowerful(name, "REPLICATION");
        }
        if (!principal.attributes().login()) {
            return refused(name + " cannot log in: use a login, or run ALTER ROLE " + name + " LOGIN");
        }
        if (principal.shared()) {
            return refused(name + " has members, who would get the access too: use a login without members");
        }
        return Optional.empty();
    }

    private static Optional<Problem> tooPowerful(String name, String attribute) {
        return refused(name + " has " + attribute
                + ", which is more than a consumer should have: use another login, or run ALTER ROLE " + name + " NO"
                + attribute);
    }

    private static Optional<Problem> refused(String message) {
        return Optional.of(new Problem(Reason.PrincipalRefused, message));
    }
}

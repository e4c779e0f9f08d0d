package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.platform.Holding;
import dev.portcullis.platform.postgresql.change.MarkLeft;
import dev.portcullis.platform.postgresql.role.Mark;
import dev.portcullis.platform.postgresql.state.Membership;
import dev.portcullis.platform.postgresql.state.ObservedRole;
import dev.portcullis.platform.postgresql.state.PostgresqlObserved;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Roles that somebody leaves, or has left, who may have let another login become them: below 15 every login can. Such a session cannot be told from others',
 * and outlives the membership without a trace. It has nothing any more only once another role is in the place of the one it became; until then the role's mark says
 * so, whatever crashes, fails, or is wanted again in between.
 */
final class LeftRoles {
    private final PostgresqlObserved seen;
    private final Set<Holding> past;
    private final Draft draft;

    /** @param past what is on record as held and is not wanted any more */
    LeftRoles(PostgresqlObserved seen, Set<Holding> past, Draft draft) {
        this.seen = seen;
        this.past = past;
        this.draft = draft;
    }

    /**
     * Whether another role must take its place.
     *
     * @param goes which memberships end now
     */
    boolean isLeft(ObservedRole role, Predicate<Membership> goes) {
        if (!seen.operator().dialect().letsLoginsLendThemselves() || role.mark().retired()) {
            return false;
        }
        return role.mark().left() || role.members().stream().anyMatch(goes) || wasLeft(role);
    }

    /** Whether its mark says so already. */
    boolean isNoted(ObservedRole role) {
        return seen.operator().dialect().letsLoginsLendThemselves()
                && role.mark().left();
    }

    /** The mark that says so, where it does not yet: it is written when somebody is taken out. */
    Optional<Mark> noted(ObservedRole role) {
        return seen.operator().dialect().letsLoginsLendThemselves()
                        && !role.mark().retired()
                        && !role.mark().left()
                ? Optional.of(onServer(role).asLeft())
                : Optional.empty();
    }

    /** Somebody may have left by other hands than ours, so that no mark says it, but only what is on record. */
    void noteWhoLeftBefore(ObservedRole role) {
        if (wasLeft(role)) {
            noted(role).ifPresent(left -> draft.add(new MarkLeft(role.name(), role.mark(), left)));
        }
    }

    private boolean wasLeft(ObservedRole role) {
        return past.stream()
                .filter(holding -> isOf(holding, role))
                .map(holding -> holding.principal().name())
                .anyMatch(name -> role.members().stream()
                        .noneMatch(member -> member.member().equals(name)));
    }

    /** A record that does not say which role of the port it was, may mean each. */
    private static boolean isOf(Holding holding, ObservedRole role) {
        return holding.port().uid().equals(role.mark().port().uid())
                && (holding.reference().isEmpty() || holding.reference().equals(role.name()));
    }

    /** The mark of a role of an installation that is taken over says on the server whose it was, until the role gets a name of ours. */
    Mark onServer(ObservedRole role) {
        return seen.roles().stream()
                .filter(same -> same.oid() == role.oid() && same.name().equals(role.name()))
                .map(ObservedRole::mark)
                .findFirst()
                .orElse(role.mark());
    }
}

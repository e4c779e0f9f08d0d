package dev.portcullis.platform.postgresql.plan;

import dev.portcullis.platform.Principal;
import dev.portcullis.platform.postgresql.change.DropRole;
import dev.portcullis.platform.postgresql.change.GrantMembership;
import dev.portcullis.platform.postgresql.change.PostgresqlChange;
import dev.portcullis.platform.postgresql.change.RebuildRole;
import dev.portcullis.platform.postgresql.change.RevokeMembership;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who only moves from one role of a port to another, since the port offers more or less than before. The old membership ends right after the new one
 * begins, in one transaction as a rule: what a person may read before and after is never interrupted. Where the new one cannot be given, the old one
 * ends all the same.
 */
final class Moves {
    private final Set<Seat> given = new HashSet<>();
    private final Set<Seat> taken = new HashSet<>();
    private final Set<String> leftAndDropped;
    private final Set<String> rebuilt;

    Moves(List<PostgresqlChange> changes) {
        rebuilt = changes.stream()
                .filter(change -> change instanceof RebuildRole rebuild && !isAfter(rebuild))
                .map(PostgresqlChange::role)
                .collect(Collectors.toSet());
        changes.stream()
                .filter(GrantMembership.class::isInstance)
                .flatMap(change -> seat(change).stream())
                .forEach(given::add);
        changes.stream()
                .filter(RebuildRole.class::isInstance)
                .map(RebuildRole.class::cast)
                .filter(rebuild -> !isAfter(rebuild))
                .flatMap(Moves::newcomers)
                .forEach(given::add);
        changes.stream()
                .filter(RevokeMembership.class::isInstance)
                .flatMap(change -> seat(change).stream())
                .forEach(taken::add);
        Set<String> left = changes.stream()
                .filter(change -> change instanceof RevokeMembership && isMove(change))
                .map(PostgresqlChange::role)
                .collect(Collectors.toSet());
        leftAndDropped = changes.stream()
                .filter(change -> change instanceof DropRole && left.contains(change.role()))
                .map(PostgresqlChange::role)
                .collect(Collectors.toSet());
    }

    /** Whether the change ends a membership whose member gets another of the same port. Not in a role that is built anew before: by then it is another one. */
    boolean isMove(PostgresqlChange change) {
        return !rebuilt.contains(change.role())
                && seat(change).filter(given::contains).isPresent();
    }

    /** Whether the role is built anew only when all moves are done, as it is where moving out of it may be the reason. */
    static boolean isAfter(RebuildRole rebuild) {
        return rebuild.dialect().letsLoginsLendThemselves();
    }

    /** Whether the change gives a membership to somebody who leaves another of the same port. */
    boolean isMoveIn(PostgresqlChange change) {
        return seat(change).filter(taken::contains).isPresent();
    }

    /** Whether the change takes a role apart that somebody is still to move out of. */
    boolean isLeftBehind(PostgresqlChange change) {
        return leftAndDropped.contains(change.role());
    }

    /** Who gets the role as it is built anew; who is in it already has it meanwhile. */
    private static Stream<Seat> newcomers(RebuildRole rebuild) {
        Set<String> there =
                rebuild.members().stream().map(RebuildRole.Ended::member).collect(Collectors.toSet());
        return rebuild.added().stream()
                .filter(member -> !there.contains(member))
                .map(member -> new Seat(rebuild.portUid(), new Principal(member)));
    }

    private static Optional<Seat> seat(PostgresqlChange change) {
        return change.principal().map(member -> new Seat(change.portUid(), member));
    }

    private record Seat(String portUid, Principal member) {}
}

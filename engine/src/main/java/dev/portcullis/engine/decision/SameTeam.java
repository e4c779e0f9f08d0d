package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.engine.request.Requester;
import dev.portcullis.engine.team.ActingTeam;
import java.util.Optional;
import java.util.stream.Stream;

/** Use inside a team needs no approval; where the team lists members, it is by them alone, for as long as it lasts. */
public final class SameTeam {
    private SameTeam() {}

    /** The requester or user beneficiary who is not listed, where members are. */
    public static Optional<String> outsider(DataUsageAgreement agreement, ActingTeam team) {
        if (!team.listsMembers()) {
            return Optional.empty();
        }
        return Stream.of(
                        Requester.requestedBy(agreement).orElse("nobody known"),
                        Optional.ofNullable(agreement.getSpec().consumer().user())
                                .orElse(""))
                .filter(user -> !user.isEmpty() && !team.hasMember(user))
                .findFirst();
    }
}

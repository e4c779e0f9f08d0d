package dev.portcullis.engine.review;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.team.TeamMember;
import dev.portcullis.engine.facts.World;
import dev.portcullis.engine.principal.Beneficiary;
import dev.portcullis.engine.request.Requester;
import dev.portcullis.engine.review.Review.Person;
import dev.portcullis.engine.team.ActingTeam;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who asks, and for whom, as the acting team knows them. */
final class People {
    /** So many of a team are shown. */
    private static final int MOST = 50;

    private final World world;

    People(World world) {
        this.world = world;
    }

    /** @param consumer the acting team; empty where nobody knows which one acts */
    Review.Parties of(DataUsageAgreement agreement, Optional<ActingTeam> consumer, Optional<String> provider) {
        Beneficiary beneficiary = Requester.beneficiary(
                agreement,
                consumer.map(ActingTeam::name).orElse(agreement.getMetadata().getNamespace()));
        boolean isOne = beneficiary instanceof Beneficiary.User;
        List<String> users = beneficiary instanceof Beneficiary.User user
                ? List.of(user.name())
                : consumer.stream().flatMap(ActingTeam::members).toList();
        return new Review.Parties(
                Requester.requestedBy(agreement)
                        .map(user -> person(user, consumer))
                        .orElse(null),
                Requester.writtenBy(agreement).orElse(null),
                beneficiary.label(),
                users.stream().limit(MOST).map(user -> person(user, consumer)).toList(),
                isOne || consumer.map(ActingTeam::listsMembers).orElse(false) ? users.size() : null,
                consumer.map(ActingTeam::name).orElse(null),
                provider.orElse(null));
    }

    private Person person(String user, Optional<ActingTeam> team) {
        Map<String, String> attributes = team.flatMap(ActingTeam::object).stream()
                .flatMap(object -> object.getSpec().members().stream())
                .filter(member -> member.user().equals(user))
                .findFirst()
                .map(TeamMember::attributes)
                .orElse(Map.of());
        return new Person(user, attributes, world.teamsWith(user));
    }
}

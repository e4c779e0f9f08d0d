package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.policy.ApproverGroup;
import dev.portcullis.api.policy.RequiredApproval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QuorumTest {
    private static final BiPredicate<RequiredApproval, Set<String>> BY_TEAM =
            (required, teams) -> teams.contains(required.from().team());

    @Test
    void aVoteCountsForOnePlaceOnly() {
        Quorum<Set<String>> quorum =
                new Quorum<>(List.of(needs("a", 1), needs("b", 1)), List.of(Set.of("a", "b")), BY_TEAM);

        assertThat(quorum.isMet()).isFalse();
        assertThat(quorum.missing()).containsExactly(needs("b", 1));
    }

    @Test
    void aVoteThatFitsTwoMakesRoomForOneThatFitsOne() {
        assertThat(new Quorum<>(List.of(needs("a", 1), needs("b", 1)), List.of(Set.of("a", "b"), Set.of("a")), BY_TEAM)
                        .isMet())
                .isTrue();
    }

    @Test
    void aVoteThatFitsTwoLeavesThePlaceToOneThatHasNoOther() {
        assertThat(new Quorum<>(List.of(needs("a", 1), needs("b", 1)), List.of(Set.of("a"), Set.of("a", "b")), BY_TEAM)
                        .isMet())
                .isTrue();
    }

    @Test
    void aVoteThatMakesRoomLeavesThePlaceItHad() {
        assertThat(new Quorum<>(
                                List.of(needs("a", 1), needs("b", 1), needs("c", 1)),
                                List.of(Set.of("a", "b", "c"), Set.of("a"), Set.of("a")),
                                BY_TEAM)
                        .missing())
                .containsExactly(needs("c", 1));
    }

    @Test
    void whatIsMissingIsCounted() {
        assertThat(new Quorum<>(List.of(needs("a", 3)), List.of(Set.of("a"), Set.of("b")), BY_TEAM).missing())
                .containsExactly(needs("a", 2));
    }

    @Property
    void theOrderOfVotesChangesNothing(@ForAll Random random) {
        List<RequiredApproval> required = new ArrayList<>();
        for (String team : List.of("a", "b", "c")) {
            required.add(needs(team, 1 + random.nextInt(3)));
        }
        List<Set<String>> votes = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            votes.add(Set.of("a", "b", "c").stream()
                    .filter(team -> random.nextBoolean())
                    .collect(java.util.stream.Collectors.toSet()));
        }
        boolean met = new Quorum<>(required, votes, BY_TEAM).isMet();

        Collections.shuffle(votes, random);
        Collections.shuffle(required, random);

        assertThat(new Quorum<>(required, votes, BY_TEAM).isMet()).isEqualTo(met);
        assertThat(met).isEqualTo(byTryingAll(required, votes));
    }

    /** Every vote on every place it may take. */
    private static boolean byTryingAll(List<RequiredApproval> required, List<Set<String>> votes) {
        List<String> places = new ArrayList<>();
        required.forEach(
                one -> places.addAll(Collections.nCopies(one.count(), one.from().team())));
        return fill(places, 0, new ArrayList<>(votes));
    }

    private static boolean fill(List<String> places, int place, List<Set<String>> left) {
        if (place == places.size()) {
            return true;
        }
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i).contains(places.get(place))) {
                List<Set<String>> rest = new ArrayList<>(left);
                rest.remove(i);
                if (fill(places, place + 1, rest)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static RequiredApproval needs(String team, int count) {
        return new RequiredApproval(new ApproverGroup(null, team), count);
    }
}

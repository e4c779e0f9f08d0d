package dev.portcullis.engine.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.DecisionReference;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.DecisionDraft;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** People file Decisions, two reconcilers look at them in any order, and either may end between any two things it writes. */
class VotesPropertiesTest {
    private static final String PAT = "pat@example.com";
    private static final String PIA = "pia@example.com";
    private static final List<String> VOTERS =
            List.of(PAT, PIA, "PAT@example.com", People.OLGA, People.OTTO, People.RILEY, People.TAYLOR);

    /** One request that two of team privacy and one of the provider's approve. */
    private static final class Life {
        private final Mesh mesh = Mesh.standard();
        private final Case agreement;
        private final List<String> filed = new ArrayList<>();
        private final Set<String> everOnRecord = new HashSet<>();
        private Set<String> onRecord = Set.of();

        Life() {
            mesh.team("privacy").members(PAT, PIA, "PAT@example.com", People.OLGA);
            mesh.policy("pii", """
                    mode: Mandatory
                    rules:
                    - name: two-teams
                      when: "true"
                      require: {approvals: [{from: {provider: true}}, {from: {team: privacy}, count: 2}]}
                    """);
            agreement = mesh.request().look();
        }

        void file(Verdict verdict, String by) {
            String name = "d" + filed.size();
            filed.add(name);
            DecisionDraft draft = mesh.decision(name).says(verdict, by);
            if (!List.of(People.OLGA, People.OTTO).contains(by)) {
                draft.asReviewer();
            }
        }

        void see() {
            Set<String> now = new HashSet<>();
            agreement.approval().decisions().stream()
                    .map(DecisionRecord::object)
                    .filter(Objects::nonNull)
                    .map(DecisionReference::uid)
                    .forEach(uid ->
                            assertThat(now.add(uid)).as("twice on record").isTrue());
            now.stream()
                    .filter(uid -> !onRecord.contains(uid))
                    .forEach(uid -> assertThat(everOnRecord.add(uid))
                            .as("taken once more")
                            .isTrue());
            onRecord = now;
            if (agreement.approval().status() == ApprovalStatus.Approved) {
                Set<String> people = new HashSet<>();
                agreement.approval().decisions().stream()
                        .filter(decision -> decision.decision() == Verdict.approved)
                        .forEach(decision -> people.add(decision.by().toLowerCase(Locale.ROOT)));
                assertThat(people).as("each counts once").hasSizeGreaterThanOrEqualTo(3);
            }
        }

        Life settled() {
            agreement.settle();
            see();
            var written = agreement.status();
            assertThat(agreement.settle().status()).as("looking writes nothing").isEqualTo(written);
            for (String name : filed) {
                assertThat(mesh.decision(name).outcome())
                        .doesNotEndWith("/Counted")
                        .isNotEqualTo("unseen");
            }
            return this;
        }
    }

    private record Event(String text, Consumer<Life> effect) {
        @Override
        public String toString() {
            return text;
        }
    }

    private static Event look() {
        return new Event("look", life -> life.agreement.look());
    }

    private static Event bind() {
        return new Event("bind", life -> life.mesh.bind(life.agreement));
    }

    private static Event tell() {
        return new Event("tell", life -> life.mesh.tend(life.agreement.object()));
    }

    private static Event second() {
        return new Event("a second", life -> life.mesh.later(Duration.ofSeconds(1)));
    }

    private static Event restart() {
        return new Event("restart", life -> life.agreement.restart());
    }

    private static Event filing(Verdict verdict, String by) {
        return new Event(verdict + " by " + by, life -> life.file(verdict, by));
    }

    @Provide
    Arbitrary<List<Event>> story() {
        Arbitrary<Event> approvals = Arbitraries.of(VOTERS).map(by -> filing(Verdict.approved, by));
        Arbitrary<Event> others = Arbitraries.of(Verdict.class)
                .filter(verdict -> verdict != Verdict.rejected)
                .flatMap(verdict -> Arbitraries.of(VOTERS).map(by -> filing(verdict, by)));
        Arbitrary<Event> team = Arbitraries.of(VOTERS)
                .set()
                .map(set -> new Event(
                        "privacy lists " + set,
                        life -> life.mesh.team("privacy").members(set.toArray(String[]::new))));
        Arbitrary<Event> deletion = Arbitraries.of(0, 1, 2, 3)
                .map(which -> new Event("d" + which + " deleted", life -> {
                    if (life.filed.remove("d" + which)) {
                        life.mesh.withoutDecision("d" + which);
                        life.filed.add(which, "d" + which + "-gone");
                        life.mesh.decision("d" + which + "-gone").says(Verdict.approved, People.RILEY);
                    }
                }));
        return Arbitraries.oneOf(
                        approvals,
                        approvals,
                        others,
                        Arbitraries.of(look(), bind(), tell(), second(), restart()),
                        Arbitraries.of(look(), bind(), tell()),
                        team,
                        deletion)
                .list()
                .ofMinSize(3)
                .ofMaxSize(30);
    }

    @Property
    void noVoteCountsTwiceAndAllComesToRest(@ForAll("story") List<Event> story) {
        Life life = new Life();
        for (Event event : story) {
            event.effect().accept(life);
            life.see();
        }
        life.settled();
    }

    @Provide
    Arbitrary<List<String>> voters() {
        return Arbitraries.of(VOTERS).list().ofMinSize(1).ofMaxSize(7);
    }

    /** The same people approve, in any order, with any looks between. */
    @Property
    void theOrderOfApprovalsChangesNothing(@ForAll("voters") List<String> voters, @ForAll Random random) {
        Life atOnce = new Life();
        voters.forEach(by -> atOnce.file(Verdict.approved, by));
        ApprovalStatus expected = atOnce.settled().agreement.approval().status();

        List<String> mixed = new ArrayList<>(voters);
        Collections.shuffle(mixed, random);
        Life life = new Life();
        for (String by : mixed) {
            life.file(Verdict.approved, by);
            for (int i = random.nextInt(4); i > 0; i--) {
                List.of(look(), bind(), tell(), second(), restart())
                        .get(random.nextInt(5))
                        .effect()
                        .accept(life);
                life.see();
            }
        }
        assertThat(life.settled().agreement.approval().status()).isEqualTo(expected);
    }

    @Property
    void oneRevocationRevokesWhateverElseComes(@ForAll("story") List<Event> story, @ForAll Random random) {
        Life life = new Life();
        List.of(PAT, PIA, People.OLGA).forEach(by -> life.file(Verdict.approved, by));
        life.settled();
        assertThat(life.agreement.granted()).isNotEmpty();
        int when = random.nextInt(story.size());
        for (int i = 0; i < story.size(); i++) {
            if (i == when) {
                life.mesh.decision("stop").says(Verdict.revoked, People.OTTO);
            }
            story.get(i).effect().accept(life);
            life.see();
        }

        assertThat(life.settled().agreement.phase()).isEqualTo(Phase.Revoked);
        assertThat(life.agreement.granted()).isEmpty();
    }
}

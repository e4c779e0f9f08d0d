package dev.portcullis.operator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.team.Team;
import dev.portcullis.operator.given.Samples;
import dev.portcullis.operator.given.TestClock;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A watch, what it has shown, and what has happened in truth. */
class WatchdogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Map<ResourceID, Team> kept = new HashMap<>();
    private final Server server = new Server();
    private final List<String> renewed = new ArrayList<>();
    private boolean open = true;
    private long nanos;
    private Watchdog dog = dog(Set.of());

    private Watchdog dog(Set<String> namespaces) {
        Watched teams = Watched.of(Team.class, id -> Optional.ofNullable(kept.get(id)), () -> kept.values().stream())
                .in(namespaces);
        return new Watchdog(
                List.of(new WatchCheck(teams, server, () -> nanos)),
                kind -> renewed.add(kind.name()),
                () -> open,
                new WatchPace(Duration.ofSeconds(20), PATIENCE),
                new TestClock());
    }

    @Test
    void whatIsShownIsNotMissing() {
        shown(happens("a", "1", 11));
        look();
        shown(happens("a", "1", 12));
        shown(gone("a", "1", 13));
        look();
        look();

        assertThat(renewed).isEmpty();
    }

    @Test
    void aChangeThatIsNotShownHasTheWatchBegunAnewWhenPatienceEnds() {
        shown(happens("a", "1", 11));
        look();
        happens("a", "1", 12);
        look();
        nanos += PATIENCE.minusSeconds(1).toNanos();
        look();
        assertThat(renewed).isEmpty();

        nanos += Duration.ofSeconds(1).toNanos();
        look();

        assertThat(renewed).containsExactly("teams.portcullis.dev");
        assertThat(dog.renewed()).containsEntry("teams.portcullis.dev", 1);
        assertThat(dog.isLive()).isTrue();
    }

    @Test
    void whatIsLateOnlyIsNot() {
        look();
        Change late = happens("a", "1", 11);
        look();
        shown(late);
        nanos += PATIENCE.toNanos();
        look();

        assertThat(renewed).isEmpty();
    }

    /** Each change replaces the one before; what counts is since when the watch is behind. */
    @Test
    void anObjectThatChangesAllTheTimeIsNoExcuse() {
        look();
        for (int revision = 11; revision < 15; revision++) {
            happens("a", "1", revision);
            look();
            nanos += PATIENCE.dividedBy(3).toNanos();
        }

        look();

        assertThat(renewed).isNotEmpty();
    }

    @Test
    void aDeletionThatIsNotShownIsMissing() {
        shown(happens("a", "1", 11));
        look();
        gone("a", "1", 12);
        look();
        nanos += PATIENCE.toNanos();
        look();

        assertThat(renewed).isNotEmpty();
    }

    @Test
    void anObjectMadeAnewUnderTheSameNameIsMissingUntilItIsShown() {
        shown(happens("a", "1", 11));
        look();
        gone("a", "1", 12);
        Change anew = happens("a", "2", 13);
        look();
        shown(anew);
        nanos += PATIENCE.toNanos();
        look();
        assertThat(renewed).isEmpty();

        gone("a", "2", 14);
        happens("a", "3", 15);
        look();
        nanos += PATIENCE.toNanos();
        look();
        assertThat(renewed).isNotEmpty();
    }

    /** What came before the first look may have been lost with the beginning of the watch. */
    @Test
    void theFirstLookIsAtEverything() {
        happens("a", "1", 11);
        look();
        nanos += PATIENCE.toNanos();
        look();

        assertThat(renewed).isNotEmpty();
    }

    @Test
    void whereTheServerHasForgottenEverythingIsLookedAt() {
        shown(happens("a", "1", 11));
        shown(happens("b", "2", 12));
        look();
        gone("a", "1", 13);
        server.forgets();
        look();
        nanos += PATIENCE.toNanos();
        look();

        assertThat(renewed).isNotEmpty();
    }

    /** Its deletion is not told of any more, and nobody waits for it. */
    /** Where much happens, an answer is cut off; whoever came back after a while would find the rest forgotten, and had to look at everything. */
    @Test
    void whatOneAnswerDoesNotHoldIsFollowedAtOnce() {
        look();
        for (int i = 0; i < 5000; i++) {
            shown(happens("a" + i, "1", 11 + i));
        }
        server.tellsEachSecond = 200;
        look();
        server.forgets();
        server.looksAtAll = 0;

        shown(happens("b", "1", 6000));
        look();

        assertThat(server.looksAtAll).isZero();
    }

    @Test
    void soIsWhatHappenedWhileEverythingWasLookedAt() {
        look();
        shown(happens("a", "1", 11));
        shown(happens("a", "1", 12));
        server.forgets();
        server.meanwhile = () -> shown(happens("b", "1", 13));
        look();
        server.forgets();
        server.looksAtAll = 0;

        look();

        assertThat(server.looksAtAll).isZero();
    }

    @Test
    void whatCameAndWentBeforeTheServerForgotIsNotMissing() {
        look();
        happens("a", "1", 11);
        look();
        gone("a", "1", 12);
        server.forgets();
        look();
        nanos += PATIENCE.toNanos();
        look();

        assertThat(renewed).isEmpty();
    }

    @Test
    void whatIsNewerThanTheListIsNotGone() {
        server.revision = 11;
        shown(new Change(id("a"), "1", "12", false));
        look();
        nanos += PATIENCE.toNanos();
        look();

        assertThat(renewed).isEmpty();
    }

    @Test
    void namespacesThatNobodyKeepsMissNothing() {
        dog = dog(Set.of("checkout"));
        server.says(new Change(new ResourceID("a", "finance"), "1", "11", false));
        look();
        nanos += PATIENCE.toNanos();
        look();
        assertThat(renewed).isEmpty();

        server.says(new Change(new ResourceID("a", "checkout"), "2", "12", false));
        look();
        nanos += PATIENCE.toNanos();
        look();
        assertThat(renewed).isNotEmpty();
    }

    @Test
    void aServerThatDoesNotAnswerSaysNothingOfWatches() {
        shown(happens("a", "1", 11));
        look();
        happens("a", "1", 12);
        server.away = true;
        for (int times = 0; times < 10; times++) {
            nanos += PATIENCE.toNanos();
            look();
        }

        assertThat(renewed).isEmpty();
        assertThat(dog.isLive()).isTrue();
    }

    /** While a client opens its watch anew after an outage, or lists everything at a server that is slow. */
    @Test
    void aWatchThatSaysItselfThatItIsNotOpenIsNotDeaf() {
        look();
        happens("a", "1", 11);
        open = false;
        for (int times = 0; times < 10; times++) {
            look();
            nanos += PATIENCE.toNanos();
        }
        assertThat(renewed).isEmpty();

        look();
        open = true;
        look();
        assertThat(renewed).as("from now on it has to be in time").isEmpty();
        nanos += PATIENCE.toNanos();
        look();
        assertThat(renewed).isNotEmpty();
    }

    @Test
    void whereNothingHelpsTheProcessShouldEnd() {
        look();
        happens("a", "1", 11);
        look();
        for (int times = 0; times < 2; times++) {
            nanos += PATIENCE.toNanos();
            look();
        }
        assertThat(renewed).hasSize(2);
        assertThat(dog.isLive()).isTrue();

        nanos += PATIENCE.toNanos();
        look();

        assertThat(renewed).hasSize(2);
        assertThat(dog.isLive()).isFalse();
    }

    @Test
    void whatHasHelpedOnceIsTriedAgainTheNextTime() {
        look();
        for (int times = 0; times < 5; times++) {
            Change missed = happens("a", "1", 11 + times);
            look();
            nanos += PATIENCE.toNanos();
            look();
            shown(missed);
            look();
        }

        assertThat(renewed).hasSize(5);
        assertThat(dog.isLive()).isTrue();
    }

    /** A watch that loses something again and again is listed again and again; another process would do no more. */
    @Test
    void whatIsMissedAfterAnotherBeginningIsAnotherMatter() {
        look();
        Change before = happens("a", "1", 11);
        for (int revision = 12; revision < 17; revision++) {
            look();
            nanos += PATIENCE.toNanos();
            look();
            Change next = happens("a" + revision, "1", revision);
            shown(before);
            before = next;
        }

        assertThat(renewed).hasSize(5);
        assertThat(dog.isLive()).isTrue();
    }

    private void look() {
        dog.look();
    }

    private Change happens(String name, String uid, long revision) {
        return server.says(new Change(id(name), uid, Long.toString(revision), false));
    }

    private Change gone(String name, String uid, long revision) {
        return server.says(new Change(id(name), uid, Long.toString(revision), true));
    }

    private void shown(Change change) {
        if (change.isGone()) {
            kept.remove(change.id());
            return;
        }
        Team team = Samples.team(change.id().getName());
        team.getMetadata().setUid(change.uid());
        team.getMetadata().setResourceVersion(change.revision());
        kept.put(change.id(), team);
    }

    private static ResourceID id(String name) {
        return new ResourceID(name);
    }

    /** What has happened in truth. */
    private static final class Server implements History {
        private final List<Change> changes = new ArrayList<>();
        private final Map<ResourceID, Change> there = new HashMap<>();
        private boolean away;
        private long revision = 10;
        private long forgotten;
        private int tellsEachSecond = 1_000_000;
        private int looksAtAll;
        private Runnable meanwhile = () -> {};

        Change says(Change change) {
            changes.add(change);
            revision = Long.parseLong(change.revision());
            if (change.isGone()) {
                there.remove(change.id());
            } else {
                there.put(change.id(), change);
            }
            return change;
        }

        void forgets() {
            forgotten = revision;
        }

        @Override
        public Told since(String path, String from, Duration time) throws IOException {
            answer();
            long tellsAtMost = tellsEachSecond * time.toSeconds();
            if (Long.parseLong(from) < forgotten) {
                return new Told.TooLongAgo();
            }
            List<Change> told = changes.stream()
                    .filter(change -> Long.parseLong(change.revision()) > Long.parseLong(from))
                    .limit(tellsAtMost)
                    .toList();
            return new Told.UpTo(
                    told, told.size() == tellsAtMost ? told.get(told.size() - 1).revision() : Long.toString(revision));
        }

        @Override
        public Told.UpTo all(String path) throws IOException {
            answer();
            looksAtAll++;
            Told.UpTo told = new Told.UpTo(List.copyOf(there.values()), Long.toString(revision));
            meanwhile.run();
            return told;
        }

        private void answer() throws IOException {
            if (away) {
                throw new IOException("away");
            }
        }
    }
}

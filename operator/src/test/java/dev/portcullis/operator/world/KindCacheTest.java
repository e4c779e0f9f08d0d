package dev.portcullis.operator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.team.Team;
import dev.portcullis.operator.given.Rig;
import dev.portcullis.operator.given.Samples;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the framework shows of objects that were deleted, and others made under their names. */
class KindCacheTest {
    private final Rig rig = new Rig();
    private final KindCache<Team> teams = rig.cluster.caches().teams();
    private final List<String> gone = new ArrayList<>();
    private final List<String> lookedAt = new ArrayList<>();

    @AfterEach
    void end() {
        rig.close();
    }

    private static Team team(String uid) {
        Team team = Samples.team("one", "checkout");
        team.getMetadata().setUid(uid);
        return team;
    }

    private void reconcile(Team shown, boolean isDeleted, Function<Team, UpdateControl<Team>> look) {
        teams.reconcile(
                shown,
                isDeleted ? rig.contexts.deleted() : rig.contexts.present(),
                team -> gone.add(uid(team)),
                team -> {
                    lookedAt.add(uid(team));
                    return look.apply(team);
                });
    }

    private void reconcile(Team shown, boolean isDeleted) {
        reconcile(shown, isDeleted, team -> UpdateControl.noUpdate());
    }

    private static String uid(Team team) {
        return team.getMetadata().getUid();
    }

    @Test
    void whoIsThereIsLookedAt() {
        reconcile(rig.cluster.teams.put(team("first")), false);

        assertThat(gone).isEmpty();
        assertThat(lookedAt).containsExactly("first");
    }

    @Test
    void whoIsGoneIsToldOfOnce() {
        Team first = rig.cluster.teams.put(team("first"));
        rig.cluster.teams.remove(first);

        reconcile(first, true);
        rig.cluster.teams.put(team("second"));
        reconcile(team("second"), false);

        assertThat(gone).containsExactly("first");
        assertThat(lookedAt).containsExactly("second");
    }

    @Test
    void ofAllWhoHadTheNameItIsToldThoughOnlyTheLastIsShown() {
        rig.cluster.teams.remove(rig.cluster.teams.put(team("first")));
        rig.cluster.teams.remove(rig.cluster.teams.put(team("second")));
        Team third = rig.cluster.teams.put(team("third"));

        reconcile(third, true);

        assertThat(gone).containsExactly("first", "second");
        assertThat(lookedAt).containsExactly("third");
    }

    /** The watch was opened anew meanwhile, and the list before and after it has the same names. */
    @Test
    void whoWasReplacedBetweenTwoWatchesIsGone() {
        rig.cluster.teams.put(team("first"));
        Team second = rig.cluster.teams.put(team("second"));

        reconcile(second, false);

        assertThat(gone).containsExactly("first");
        assertThat(lookedAt).containsExactly("second");
    }

    @Test
    void ofWhomItCouldNotBeToldItIsToldAgain() {
        Team first = rig.cluster.teams.put(team("first"));
        rig.cluster.teams.remove(first);
        Team second = rig.cluster.teams.put(team("second"));

        assertThatThrownBy(() -> teams.reconcile(
                        second,
                        rig.contexts.deleted(),
                        team -> {
                            throw new IllegalStateException("no answer");
                        },
                        team -> UpdateControl.noUpdate()))
                .hasMessage("no answer");
        reconcile(second, true);

        assertThat(gone).containsExactly("first");
    }

    /** The framework forgets all that comes while it handles a deletion. */
    @Test
    void whoIsDeletedWhileADeletionIsHandledIsHandledLater() {
        rig.cluster.teams.remove(rig.cluster.teams.put(team("first")));
        Team second = rig.cluster.teams.put(team("second"));
        rig.cluster.forgetLooks();

        reconcile(second, true, team -> {
            rig.cluster.teams.remove(second);
            return UpdateControl.noUpdate();
        });

        assertThat(gone).containsExactly("first");
        await().untilAsserted(() -> assertThat(rig.cluster.lookedAgain()).contains("Team one"));
        reconcile(second, true);
        assertThat(gone).containsExactly("first", "second");
    }

    /** The framework can lose it, where a look fails that began before. */
    @Test
    void aDeletionThatNobodyWasToldOfIsShownUntilSomebodyIs() {
        Team first = rig.cluster.teams.put(team("first"));
        rig.cluster.teams.remove(first);
        for (int times = 0; times < 2; times++) {
            rig.cluster.forgetLooks();
            await().untilAsserted(() -> assertThat(rig.cluster.lookedAgain()).contains("Team one"));
        }

        reconcile(first, true);

        assertThat(gone).containsExactly("first");
    }

    @Test
    void whoIsGoneAlreadyIsNotLookedAt() {
        Team first = rig.cluster.teams.put(team("first"));
        rig.cluster.teams.remove(first);

        reconcile(first, false);

        assertThat(gone).containsExactly("first");
        assertThat(lookedAt).isEmpty();
    }

    /** Neither as a fault, with a stack trace for each that was just looked at. */
    @Test
    void whatIsUnderWayAtTheEndIsLeft() {
        Team one = rig.cluster.teams.put(team("first"));

        reconcile(one, false, team -> {
            rig.cluster.caches().close();
            teams.current(team);
            throw new AssertionError("what is there cannot be known any more");
        });

        assertThat(lookedAt).containsExactly("first");
        assertThat(gone).isEmpty();
    }
}

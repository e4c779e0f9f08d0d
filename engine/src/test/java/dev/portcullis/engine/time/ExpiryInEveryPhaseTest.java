package dev.portcullis.engine.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The end comes whatever the agreement is, also when nobody has looked at it since. */
class ExpiryInEveryPhaseTest {
    private static final String END = "2026-12-01T00:00:00Z";

    enum Before {
        NEVER_VALID(Phase.Invalid, request -> {
            request.mesh().port().lifecycle(Lifecycle.Proposed);
            return request;
        }),
        REQUESTED(Phase.Requested, request -> request),
        WITH_A_VOTE(Phase.Requested, request -> {
            request.mesh()
                    .policy(
                            "ask",
                            "{mode: Mandatory, rules: [{name: all, when: 'true', require: {approvals: [{from: {provider: true}, count: 2}]}}]}");
            return request.decided("approved", People.OTTO);
        }),
        REFUSED(Phase.Requested, request -> request.decided("approved", People.TAYLOR)),
        UPCOMING(Phase.Upcoming, request -> approve(request.from("2026-11-29"))),
        PROVISIONING(Phase.Provisioning, request -> {
            request.mesh().platformMisses(People.TAYLOR);
            return approve(request);
        }),
        ACTIVE(Phase.Active, Before::approve),
        ACTIVE_WITHOUT_GUARD(Phase.Active, request -> {
            approve(request).settle().mesh().guard(new Guard.Broken("a policy is missing"));
            return request;
        }),
        PAUSED_BY_CONSUMER(Phase.Suspended, request -> approve(request).suspend(true)),
        PAUSED_BY_PORT(Phase.Suspended, request -> {
            request.mesh().port().suspend(true);
            return approve(request);
        }),
        PAUSED_BY_DECISION(
                Phase.Suspended, request -> approve(request).settle().onRecord(Verdict.suspended, People.OTTO)),
        LEFT_TEAM(Phase.Suspended, request -> {
            approve(request).settle().mesh().team("marketing").members(People.QUINN);
            return request;
        }),
        RETIRED(Phase.Invalid, request -> {
            approve(request).settle().mesh().port().lifecycle(Lifecycle.Retired);
            return request;
        }),
        TEAM_GONE(Phase.Active, request -> {
            approve(request).settle().mesh().withoutTeam("marketing");
            return request;
        });

        private final Phase phase;
        private final UnaryOperator<Case> story;

        Before(Phase phase, UnaryOperator<Case> story) {
            this.phase = phase;
            this.story = story;
        }

        private static Case approve(Case request) {
            return request.decided("approved", People.OLGA);
        }
    }

    @ParameterizedTest
    @EnumSource
    void expires(Before before) {
        Case agreement = before.story
                .apply(Mesh.standard().request().until("2026-11-30"))
                .settle();
        assertThat(agreement.phase()).isEqualTo(before.phase);
        assertThat(agreement.status().ends()).isEqualTo(END);
        agreement.mesh().at(END);

        assertThat(agreement.granted()).as("before it is written").isEmpty();
        assertThat(agreement.restart().settle().phase()).isEqualTo(Phase.Expired);
        assertThat(agreement.status().ends()).isEqualTo(END);
        assertThat(agreement.condition("Ready")).isEqualTo("True/Ended");
    }

    @ParameterizedTest
    @EnumSource
    void nothingBringsItBack(Before before) {
        Case agreement = before.story
                .apply(Mesh.standard().request().until("2026-11-30"))
                .settle();
        Mesh mesh = agreement.mesh().at(END);
        agreement.settle();

        mesh.at("2026-11-22T12:00:00Z");
        mesh.port().lifecycle(Lifecycle.Active).suspend(false);
        mesh.team("marketing").namespaces("marketing").members(People.TAYLOR, People.QUINN);
        mesh.platformKnows(People.TAYLOR);
        agreement.suspend(false).decided("approved", People.OLGA).settle();

        assertThat(agreement.phase()).isEqualTo(Phase.Expired);
        assertThat(agreement.granted()).isEmpty();
    }
}

package dev.portcullis.engine.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.property.Panel.Policy;
import dev.portcullis.engine.property.Panel.Setting;
import dev.portcullis.engine.property.Panel.Vote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever policies there are, and whoever votes. */
class PolicyPropertiesTest {
    @Provide
    Arbitrary<List<Policy>> policies() {
        return Panel.policies().list().ofMaxSize(4);
    }

    @Provide
    Arbitrary<Policy> demanding() {
        return Panel.policies()
                .filter(policy -> !policy.says().approves())
                .map(policy -> new Policy(true, policy.order(), policy.when(), policy.says()));
    }

    @Provide
    Arbitrary<Policy> approving() {
        return Panel.policies()
                .filter(policy -> policy.says().approves())
                .map(policy -> new Policy(true, policy.order(), policy.when(), policy.says()));
    }

    @Provide
    Arbitrary<Setting> setting() {
        return Panel.settings();
    }

    @Provide
    Arbitrary<List<Vote>> votes() {
        return Panel.votes().list().ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<Vote>> approvals() {
        return Panel.votes().filter(Vote::approves).list().ofMaxSize(6);
    }

    @Property
    void anotherMandatoryPolicyApprovesNothingMore(
            @ForAll("setting") Setting setting,
            @ForAll("policies") List<Policy> policies,
            @ForAll("demanding") Policy another,
            @ForAll("votes") List<Vote> votes) {
        Case with = Panel.settled(setting, with(policies, another), votes);

        if (Panel.isApproved(with)) {
            assertThat(Panel.isApproved(Panel.settled(setting, policies, votes)))
                    .isTrue();
        }
    }

    /** It stands for what would decide without Mandatory policies, as the port's flag does, and for nothing of them. */
    @Property
    void aMandatoryApprovalSkipsNothingThatAnotherMandatoryPolicyAsksFor(
            @ForAll("setting") Setting setting,
            @ForAll("policies") List<Policy> policies,
            @ForAll("demanding") Policy demanding,
            @ForAll("approving") Policy approving,
            @ForAll("votes") List<Vote> votes) {
        List<Policy> strict = with(policies, demanding);
        // taylor, for whom it is or who is of the team, is a contractor
        boolean hasASay = demanding.when() != Panel.When.NEVER && demanding.says() != Panel.Says.LIMIT;

        if (hasASay && Panel.isApproved(Panel.settled(setting, with(strict, approving), votes))) {
            Setting open = new Setting(setting.sameTeam(), true, setting.workflow(), setting.forTheTeam());
            assertThat(Panel.isApproved(Panel.settled(open, strict, votes))).isTrue();
        }
    }

    @Property
    void theOrderOfMandatoryPoliciesChangesNoOutcome(
            @ForAll("setting") Setting setting,
            @ForAll("policies") List<Policy> policies,
            @ForAll("votes") List<Vote> votes,
            @ForAll Random random) {
        List<Policy> reordered = policies.stream()
                .map(policy -> policy.isMandatory()
                        ? new Policy(true, random.nextInt(1000), policy.when(), policy.says())
                        : policy)
                .toList();

        assertThat(Panel.outcome(Panel.settled(setting, reordered, votes)))
                .isEqualTo(Panel.outcome(Panel.settled(setting, policies, votes)));
    }

    @Property
    void theOrderOfVotesChangesNothing(
            @ForAll("setting") Setting setting,
            @ForAll("policies") List<Policy> policies,
            @ForAll("approvals") List<Vote> votes,
            @ForAll Random random) {
        List<Vote> others = new ArrayList<>(votes);
        Collections.shuffle(others, random);

        assertThat(Panel.outcome(oneByOne(setting, policies, others, false)))
                .isEqualTo(Panel.outcome(oneByOne(setting, policies, votes, false)));
    }

    /** Who looks after each vote comes to the same as who sees them all at once, restarted or not. */
    @Property
    void restartsChangeNothing(
            @ForAll("setting") Setting setting,
            @ForAll("policies") List<Policy> policies,
            @ForAll("approvals") List<Vote> votes) {
        List<String> atOnce = Panel.outcome(Panel.settled(setting, policies, votes));

        assertThat(Panel.outcome(oneByOne(setting, policies, votes, false))).isEqualTo(atOnce);
        assertThat(Panel.outcome(oneByOne(setting, policies, votes, true))).isEqualTo(atOnce);
    }

    /** With rejections it matters which comes first, and looking more often does not. */
    @Property
    void lookingOnceMoreChangesNothing(
            @ForAll("setting") Setting setting,
            @ForAll("policies") List<Policy> policies,
            @ForAll("votes") List<Vote> votes) {
        assertThat(Panel.outcome(oneByOne(setting, policies, votes, true)))
                .isEqualTo(Panel.outcome(oneByOne(setting, policies, votes, false)));
        Case settled = Panel.settled(setting, policies, votes);
        var status = settled.status();
        assertThat(settled.restart().look().status().approval()).isEqualTo(status.approval());
        assertThat(settled.settle().status()).isEqualTo(status);
    }

    private static Case oneByOne(Setting setting, List<Policy> policies, List<Vote> votes, boolean restarts) {
        Mesh mesh = Panel.mesh(setting, policies);
        Case request = Panel.request(mesh, setting).settle();
        for (int i = 0; i < votes.size(); i++) {
            Panel.cast(mesh, "vote-" + i, votes.get(i));
            if (restarts) {
                request.look().restart().look();
            }
            request.settle();
        }
        return request;
    }

    private static List<Policy> with(List<Policy> policies, Policy another) {
        List<Policy> all = new ArrayList<>(policies);
        all.add(another);
        return all;
    }
}

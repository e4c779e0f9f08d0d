package dev.portcullis.engine.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The phase is the first that applies; here each cause meets each later one, in both orders of time. */
class PhaseOrderTest {
    private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");
    private static final Map<Phase, BiConsumer<Mesh, Case>> OF_APPROVED = new LinkedHashMap<>();
    private static final Map<Phase, BiConsumer<Mesh, Case>> OF_REQUESTED = new LinkedHashMap<>();

    static {
        OF_APPROVED.put(Phase.Revoked, (mesh, agreement) -> agreement.decided("revoked", People.OLGA));
        OF_APPROVED.put(Phase.Cancelled, (mesh, agreement) -> agreement.cancel());
        OF_APPROVED.put(Phase.Expired, (mesh, agreement) -> mesh.at("2028-01-01T00:00:00Z"));
        OF_APPROVED.put(Phase.Invalid, (mesh, agreement) -> mesh.platform().exposesNothing());
        OF_APPROVED.put(Phase.Suspended, (mesh, agreement) -> mesh.port().suspend(true));
        OF_APPROVED.put(Phase.Upcoming, (mesh, agreement) -> {});
        OF_APPROVED.put(Phase.Provisioning, (mesh, agreement) -> mesh.platformMisses(People.TAYLOR));

        OF_REQUESTED.put(Phase.Rejected, (mesh, agreement) -> agreement.decided("rejected", People.OLGA));
        OF_REQUESTED.put(Phase.Cancelled, OF_APPROVED.get(Phase.Cancelled));
        OF_REQUESTED.put(Phase.Expired, OF_APPROVED.get(Phase.Expired));
        OF_REQUESTED.put(Phase.Invalid, OF_APPROVED.get(Phase.Invalid));
        OF_REQUESTED.put(Phase.Requested, (mesh, agreement) -> {});
        OF_REQUESTED.put(Phase.Suspended, OF_APPROVED.get(Phase.Suspended));
    }

    /** An agreement that begins and one that has begun cannot be the same. */
    static Stream<Arguments> pairsOfApproved() {
        return pairs(OF_APPROVED);
    }

    /** Rejection is decided by the state before it: it comes first in time. */
    static Stream<Arguments> pairsOfRequested() {
        return pairs(OF_REQUESTED);
    }

    private static Stream<Arguments> pairs(Map<Phase, BiConsumer<Mesh, Case>> causes) {
        List<Phase> order = List.copyOf(causes.keySet());
        return order.stream()
                .flatMap(first -> order.subList(order.indexOf(first) + 1, order.size()).stream()
                        .filter(second -> !(first == Phase.Upcoming && second == Phase.Provisioning))
                        .map(second -> Arguments.of(first, second)));
    }

    @ParameterizedTest
    @MethodSource("pairsOfApproved")
    void theFirstThatAppliesToAnApprovedAgreement(Phase first, Phase second) {
        for (List<Phase> inTime : List.of(List.of(first, second), List.of(second, first))) {
            Mesh mesh = Mesh.standard();
            Case agreement = mesh.request()
                    .from("2027-01-01")
                    .until("2027-12-31")
                    .decided("approved", People.OLGA)
                    .settle();
            if (second != Phase.Upcoming) {
                mesh.at(START.toString());
                agreement.settle();
            }
            for (Phase cause : inTime) {
                OF_APPROVED.get(cause).accept(mesh, agreement);
                agreement.settle();
            }
            assertThat(agreement.phase()).as("in time: " + inTime).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @MethodSource("pairsOfRequested")
    void theFirstThatAppliesToARequest(Phase first, Phase second) {
        Mesh mesh = Mesh.standard();
        Case request = mesh.request().until("2027-12-31").look();

        OF_REQUESTED.get(first).accept(mesh, request);
        request.settle();
        OF_REQUESTED.get(second).accept(mesh, request);
        request.settle();

        assertThat(request.phase()).isEqualTo(first);
        assertThat(request.granted()).isEmpty();
    }
}

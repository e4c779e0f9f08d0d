package dev.portcullis.engine.access;

import static dev.portcullis.engine.given.People.OLGA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.Mesh;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody wanted of one agreement is told apart from what happened around it: the brake holds back many of the second kind only. */
class NotWantedTest {
    private final Mesh mesh = Mesh.standard();

    @ParameterizedTest
    @MethodSource
    void isEndedWhereSomebodyWantedThatOfThisAgreement(BiConsumer<Mesh, Case> happens) {
        Case agreement = approved();

        happens.accept(mesh, agreement);

        assertThat(agreement.settle().access()).isEqualTo(new Access.NotWanted(false, true));
        assertThat(agreement.phase()).isNotEqualTo(Phase.Active);
    }

    static Stream<Named<BiConsumer<Mesh, Case>>> isEndedWhereSomebodyWantedThatOfThisAgreement() {
        return Stream.of(
                Named.of("expired", (mesh, agreement) -> mesh.later(Duration.ofDays(400))),
                Named.of("revoked", (mesh, agreement) -> agreement.decided("revoked", OLGA)),
                Named.of("cancelled", (mesh, agreement) -> agreement.cancel()),
                Named.of("suspended by the consumer", (mesh, agreement) -> agreement.suspend(true)),
                Named.of("its port suspended", (mesh, agreement) -> mesh.port().suspend(true)));
    }

    @ParameterizedTest
    @MethodSource
    void isNotEndedWhereSomethingAroundItChanged(BiConsumer<Mesh, Case> happens) {
        Case agreement = approved();

        happens.accept(mesh, agreement);

        assertThat(agreement.settle().access()).isEqualTo(new Access.NotWanted(false, false));
        assertThat(agreement.phase()).isNotEqualTo(Phase.Active);
    }

    static Stream<Named<BiConsumer<Mesh, Case>>> isNotEndedWhereSomethingAroundItChanged() {
        return Stream.of(
                Named.of(
                        "the schema is not exposed any more",
                        (mesh, agreement) -> mesh.port().schema("hidden")),
                Named.of(
                        "its dates cannot be read any more",
                        (mesh, agreement) -> agreement.lasting(null).until("2026-02-30")),
                Named.of(
                        "who has it left the team",
                        (mesh, agreement) -> mesh.team("marketing").members("riley@example.com")));
    }

    @Test
    void aRequestThatNobodyDecidedWantsNothingYet() {
        assertThat(mesh.request().settle().access()).isEqualTo(new Access.NotWanted(false, true));
    }

    private Case approved() {
        Case agreement = mesh.request().lasting("P1Y").decided("approved", OLGA).settle();
        assertThat(agreement.access()).isInstanceOf(Access.Wanted.class);
        return agreement;
    }

    /** The comparison that comes before the revocation is written has to hold back what a mistake around many agreements would remove. */
    @ParameterizedTest
    @MethodSource
    void isNotEndedBeforeTheRevocationIsWritten(Consumer<Mesh> happens) {
        Case agreement = approved();

        happens.accept(mesh);

        assertThat(agreement.access()).isEqualTo(new Access.NotWanted(false, false));
        assertThat(agreement.look().access()).isEqualTo(new Access.NotWanted(false, true));
    }

    static Stream<Named<Consumer<Mesh>>> isNotEndedBeforeTheRevocationIsWritten() {
        return Stream.of(Named.of("port gone", Mesh::withoutPort), Named.of("another port", Mesh::recreatePort));
    }
}

package dev.portcullis.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.given.Case;
import dev.portcullis.engine.given.DecisionDraft;
import dev.portcullis.engine.given.Mesh;
import dev.portcullis.engine.given.People;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A status that outgrows what etcd stores is never written again: who may recertify must not be able to keep an access so. */
class RecordWeightTest {
    /** Far below the 1.5 MB of one object, which has its spec and its annotations besides. */
    private static final int MOST = 512 * 1024;

    /** All of them would weigh 720 kB. */
    private static final int MANY = 30;

    private final Mesh mesh = Mesh.standard();
    private final Case agreement =
            mesh.request().settle().decided("approved", People.OLGA).settle();

    /** Each character takes three bytes. */
    private DecisionDraft heavy(String name, Verdict verdict) {
        mesh.later(Duration.ofSeconds(5));
        return mesh.decision(name).says(verdict, People.OTTO).withMetadata(Map.of("text", "€".repeat(8000)));
    }

    private int weight() throws JsonProcessingException {
        return new ObjectMapper().writeValueAsBytes(agreement.status()).length;
    }

    @Test
    void manyHeavyDecisionsOneAfterTheOther() throws Exception {
        for (int i = 0; i < MANY; i++) {
            heavy("a" + i, Verdict.recertified);
            agreement.settle();
        }
        assertThat(weight()).isLessThan(MOST);
        assertThat(agreement.decisions()).startsWith("approved by " + People.OLGA);

        heavy("stop", Verdict.revoked);
        assertThat(agreement.settle().phase()).isEqualTo(Phase.Revoked);
        assertThat(weight()).isLessThan(MOST);
    }

    @Test
    void manyAtOnce() throws Exception {
        for (int i = 0; i < MANY; i++) {
            heavy("a" + i, Verdict.suspended);
        }
        agreement.settle();

        assertThat(weight()).isLessThan(MOST);
        assertThat(agreement.phase()).isEqualTo(Phase.Suspended);
    }

    @Test
    void thoseThatShortenStayOnRecordAndAreRefusedWhereThereIsNoRoom() throws Exception {
        for (int i = 0; i < 16; i++) {
            heavy("a" + i, Verdict.recertified).until("2027-12-" + (31 - i));
            agreement.settle();
        }
        assertThat(weight()).isLessThan(MOST);
        assertThat(mesh.decision("a9").outcome()).as("243 kB of 256").isEqualTo("Taken/Taken");
        assertThat(mesh.decision("a10").outcome()).isEqualTo("Refused/ShortenedTooOften");
        assertThat(mesh.decision("a15").outcome()).isEqualTo("Refused/ShortenedTooOften");
    }

    @Test
    void sixteenMayShortenAndOthersGoOn() {
        for (int i = 0; i < 16; i++) {
            mesh.later(Duration.ofMinutes(1));
            mesh.decision("a" + i).says(Verdict.recertified, People.OTTO).until("2027-12-" + (31 - i));
            agreement.settle();
            assertThat(mesh.decision("a" + i).outcome()).as("a" + i).isEqualTo("Taken/Taken");
        }
        mesh.later(Duration.ofMinutes(1));
        mesh.decision("more").says(Verdict.recertified, People.OTTO).until("2027-12-01");
        mesh.decision("plain").says(Verdict.recertified, People.OTTO);
        agreement.settle();

        assertThat(mesh.decision("more").outcome()).isEqualTo("Refused/ShortenedTooOften");
        assertThat(mesh.decision("plain").outcome()).isEqualTo("Taken/Taken");
        assertThat(agreement.status().ends()).isEqualTo("2027-12-17T00:00:00Z");
    }

    /** Sixteen plain recertifications are none that shorten. */
    @Test
    void thoseThatDoNotShortenAreNotCounted() {
        for (int i = 0; i < 16; i++) {
            mesh.later(Duration.ofMinutes(1));
            mesh.decision("a" + i).says(Verdict.recertified, People.OTTO);
        }
        agreement.settle();
        mesh.later(Duration.ofMinutes(1));
        mesh.decision("short").says(Verdict.recertified, People.OTTO).until("2027-12-01");
        agreement.settle();

        assertThat(mesh.decision("short").outcome()).isEqualTo("Taken/Taken");
    }

    /** However heavy those are that may be overtaken: they make room, and a shortening is not refused for them. */
    @Test
    void whatCanMakeRoomKeepsNobodyFromShortening() {
        for (int i = 0; i < 12; i++) {
            heavy("a" + i, Verdict.recertified);
            agreement.settle();
        }
        heavy("short", Verdict.recertified).until("2027-12-01");
        agreement.settle();

        assertThat(mesh.decision("short").outcome()).isEqualTo("Taken/Taken");
        assertThat(agreement.status().ends()).isEqualTo("2027-12-02T00:00:00Z");
    }

    /** Nobody lifts a pause, or makes an access longer, by recertifying it often. */
    @Test
    void whatNothingHasOvertakenStaysHoweverManyFollow() {
        agreement
                .onRecord(Verdict.suspended, People.OTTO)
                .onRecord(Verdict.recertified, People.OTTO, "2027-06-30")
                .onRecord(Verdict.recertified, People.OTTO, "2027-12-31");
        for (int i = 0; i < 60; i++) {
            agreement.onRecord(Verdict.recertified, People.OLGA);
        }
        assertThat(agreement.approval().decisions()).hasSize(Records.MOST);
        mesh.decision("more").says(Verdict.recertified, People.OLGA);
        agreement.settle();

        assertThat(mesh.decision("more").outcome()).isEqualTo("Taken/Taken");
        assertThat(agreement.decisions())
                .hasSize(Records.MOST)
                .startsWith(
                        "approved by " + People.OLGA,
                        "suspended by " + People.OTTO,
                        "recertified by " + People.OTTO,
                        "recertified by " + People.OTTO);
        assertThat(agreement.phase()).isEqualTo(Phase.Suspended);
        assertThat(agreement.status().ends()).isEqualTo("2027-07-01T00:00:00Z");
    }

    @Test
    void aRecordIsFullBeforeNothingFits() {
        assertThat(Records.areFull(agreement.approval())).isFalse();
        for (int i = 0; i < 62; i++) {
            agreement.onRecord(Verdict.recertified, People.OTTO);
        }
        assertThat(Records.areFull(agreement.approval())).as("63 of 64").isFalse();
        agreement.onRecord(Verdict.recertified, People.OTTO);
        assertThat(Records.areFull(agreement.approval())).as("64").isTrue();
    }

    @Test
    void aHeavyRecordIsFullWithFewer() {
        for (int i = 0; i < 7; i++) {
            heavy("a" + i, Verdict.recertified);
            agreement.settle();
        }
        assertThat(Records.areFull(agreement.approval())).as("168 kB of 196").isFalse();
        for (int i = 0; i < 2; i++) {
            heavy("b" + i, Verdict.recertified);
            agreement.settle();
        }
        assertThat(Records.areFull(agreement.approval())).as("216 kB").isTrue();
    }
}

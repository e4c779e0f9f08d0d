package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.portcullis.api.platform.DataPlatformStatus.ServerIdentity;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PlatformUnavailableException.Reason;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownServerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final ServerIdentity FIRST = new ServerIdentity("1111", "2026-01-01T00:00:00Z");
    private static final Pattern CODE =
            Pattern.compile("dataplatform warehouse portcullis.dev/confirm-removal=([0-9a-f]{12})$");

    @Test
    void theFirstServerIsRecordedBeforeItIsUsed() throws Exception {
        KnownServer known = known(null);

        assertThat(known.isRightServer("1111", "", NOW)).isFalse();
        assertThat(known.current()).contains(new ServerIdentity("1111", "2026-11-22T12:00:00Z"));
        assertThat(known.isRightServer("1111", "", LATER)).isFalse();

        assertThat(known.isRecorded(null)).isFalse();
        assertThat(known.isRecorded(FIRST)).as("not what was asked for").isFalse();
        assertThat(known.isRightServer("1111", "", LATER)).isFalse();

        assertThat(known.isRecorded(new ServerIdentity("1111", "2026-11-22T12:00:00Z")))
                .isTrue();
        assertThat(known.isRightServer("1111", "", LATER)).isTrue();
        assertThat(known.isRecorded(new ServerIdentity("1111", "2026-11-22T12:00:00Z")))
                .as("once")
                .isFalse();
    }

    @Test
    void aServerThatIsSwappedBeforeItWasRecordedHasNothingOfOurs() throws Exception {
        KnownServer known = known(null);
        known.isRightServer("1111", "", NOW);

        assertThat(known.isRightServer("2222", "", LATER)).isFalse();

        assertThat(known.current()).contains(new ServerIdentity("2222", "2026-11-22T12:01:00Z"));
        assertThat(known.isRecorded(new ServerIdentity("1111", "2026-11-22T12:00:00Z")))
                .isFalse();
        assertThat(known.isRecorded(new ServerIdentity("2222", "2026-11-22T12:01:00Z")))
                .isTrue();
        assertThat(known.isRightServer("2222", "", LATER)).isTrue();
    }

    @Test
    void anotherServerIsRefusedUntilTheVeryChangeIsConfirmed() throws Exception {
        KnownServer known = known(FIRST);
        assertThat(known.isRightServer("1111", "", NOW)).isTrue();

        String code = code(refusal(known, "2222", ""));
        assertThat(code(refusal(known, "3333", code))).as("another change").isNotEqualTo(code);
        assertThat(known.current()).contains(FIRST);

        assertThat(known.isRightServer("2222", code, NOW)).isFalse();
        ServerIdentity second = new ServerIdentity("2222", "2026-11-22T12:00:00Z");
        assertThat(known.current()).contains(second);
        assertThat(known.isRecorded(second)).isTrue();
        assertThat(known.isRightServer("2222", code, NOW)).isTrue();

        String back = code(refusal(known, "1111", code));
        assertThat(known.isRightServer("1111", back, LATER)).isFalse();
        known.isRecorded(known.current().orElseThrow());
        assertThat(code(refusal(known, "2222", code)))
                .as("the same change another time")
                .isNotEqualTo(code);
    }

    @Test
    void aConfirmationOutlivesACrashBeforeItWasRecorded() throws Exception {
        String code = code(refusal(known(FIRST), "2222", ""));

        KnownServer next = known(FIRST);
        assertThat(next.isRightServer("2222", code, LATER)).isFalse();
        assertThat(next.current()).contains(new ServerIdentity("2222", "2026-11-22T12:01:00Z"));
    }

    @Test
    void aThirdServerIsNotWhatWasConfirmed() throws Exception {
        KnownServer known = known(FIRST);
        String code = code(refusal(known, "2222", ""));
        known.isRightServer("2222", code, NOW);

        refusal(known, "3333", code);

        assertThat(known.current()).contains(FIRST);
        assertThat(known.isRightServer("1111", code, NOW)).isTrue();
    }

    @Test
    void whatSomebodyElseWritesIntoTheStatusDoesNotCount() throws Exception {
        KnownServer known = known(FIRST);

        assertThat(known.isRecorded(new ServerIdentity("2222", "2026-01-01T00:00:00Z")))
                .isFalse();
        assertThat(known.isRecorded(null)).isFalse();

        assertThat(known.current()).contains(FIRST);
        refusal(known, "2222", "");
        assertThat(known.isRightServer("1111", "", NOW)).isTrue();
    }

    @Test
    void aServerWithoutAnIdentityIsUsedAndKnownFromWhenItHasOne() throws Exception {
        KnownServer known = known(null);
        assertThat(known.isRightServer("", "", NOW)).isTrue();
        assertThat(known.current()).isEmpty();

        assertThat(known.isRightServer("1111", "", LATER)).isFalse();
        assertThat(known.isRecorded(new ServerIdentity("1111", "2026-11-22T12:01:00Z")))
                .isTrue();
        assertThat(known.isRightServer("1111", "", LATER)).isTrue();
    }

    @Test
    void anIdentityThatCannotBeReadAnyMoreIsAnotherServersUntilConfirmed() throws Exception {
        KnownServer known = known(FIRST);

        PlatformUnavailableException refusal = refusal(known, "", "");
        assertThat(refusal).hasMessageContaining("cannot be read").hasMessageContaining("pg_control_system()");

        assertThat(known.isRightServer("", code(refusal), NOW)).isFalse();
        ServerIdentity nameless = new ServerIdentity(null, "2026-11-22T12:00:00Z");
        assertThat(known.current()).contains(nameless);
        assertThat(known.isRecorded(nameless)).isTrue();
        assertThat(known.isRightServer("", "", LATER)).isTrue();
        assertThat(known.isRightServer("1111", "", LATER)).isFalse();
        assertThat(known.current()).contains(new ServerIdentity("1111", "2026-11-22T12:01:00Z"));
    }

    private static KnownServer known(@Nullable ServerIdentity onRecord) {
        return new KnownServer("warehouse", "uid-1", onRecord);
    }

    private static PlatformUnavailableException refusal(KnownServer known, String identity, String code) {
        PlatformUnavailableException e = catchThrowableOfType(
                PlatformUnavailableException.class, () -> known.isRightServer(identity, code, NOW));
        assertThat(e).isNotNull();
        assertThat(e.reason()).isEqualTo(Reason.ServerChanged);
        return e;
    }

    private static String code(PlatformUnavailableException refusal) {
        Matcher code = CODE.matcher(String.valueOf(refusal.getMessage()));
        assertThat(code.find()).as(refusal.getMessage()).isTrue();
        return code.group(1);
    }
}

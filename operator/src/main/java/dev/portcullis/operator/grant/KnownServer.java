package dev.portcullis.operator.grant;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.platform.DataPlatformStatus.ServerIdentity;
import dev.portcullis.engine.time.Times;
import dev.portcullis.platform.Fingerprint;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.PlatformUnavailableException.Reason;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which server a DataPlatform is known to be, so that another one behind the same name (restored from a dump, a change of DNS or of the spec) is neither
 * written to nor believed before somebody confirms it. Nothing is compared with a server that is not on record in the DataPlatform's status: so a server that
 * was ever written to is one that every later process knows.
 *
 * <p>What is on record is believed at the start; after that only what this object asked to have recorded counts, whatever somebody else writes there. Used by
 * the loop's thread and by the reconciler's.
 */
final class KnownServer {
    private static final int CODE_DIGITS = 12;

    private final String platform;
    private final String platformUid;
    private @Nullable ServerIdentity recorded;

    /** Asked to be recorded, and nothing is written to it before it is. */
    private @Nullable ServerIdentity pending;

    /**
     * @param platform name of the DataPlatform
     * @param platformUid its UID: another one of the same name may be another server
     * @param onRecord what its status says
     */
    KnownServer(String platform, String platformUid, @Nullable ServerIdentity onRecord) {
        this.platform = platform;
        this.platformUid = platformUid;
        this.recorded = onRecord;
    }

    boolean isOf(String uid) {
        return platformUid.equals(uid);
    }

    /** What the status should say. */
    synchronized Optional<ServerIdentity> current() {
        return Optional.ofNullable(pending == null ? recorded : pending);
    }

    /** Takes note of what the status says. Whether that is what was asked for: then the comparisons can go on. */
    synchronized boolean isRecorded(@Nullable ServerIdentity onRecord) {
        boolean asked = pending != null && pending.equals(onRecord);
        if (asked) {
            recorded = pending;
            pending = null;
        }
        return asked;
    }

    /**
     * Whether the server that was met is the one on record. If not, what is to be recorded first is in {@link #current}.
     *
     * @param identity of the server that was met; empty where it has none that may be read
     * @param code what somebody has confirmed; empty: nothing
     * @throws PlatformUnavailableException when it is another server, and nobody has confirmed that it is the right one
     */
    synchronized boolean isRightServer(String identity, String code, Instant now) throws PlatformUnavailableException {
        if (pending != null) {
            if (identity(pending).equals(identity)) {
                return false;
            }
            // nothing was written to that one
            pending = null;
        }
        if (recorded == null && identity.isEmpty()) {
            return true;
        }
        if (recorded != null && identity(recorded).equals(identity)) {
            return true;
        }
        if (recorded != null && !identity(recorded).isEmpty()) {
            String asked = code(recorded, identity);
            if (!asked.equals(code)) {
                throw changed(recorded, identity, asked);
            }
        }
        pending = new ServerIdentity(identity.isEmpty() ? null : identity, Times.text(now));
        return false;
    }

    private PlatformUnavailableException changed(ServerIdentity known, String identity, String asked) {
        String other = identity.isEmpty()
                ? "a server whose identity cannot be read (on PostgreSQL, if it is the same, its DBA runs where the operator connects first: GRANT EXECUTE"
                        + " ON FUNCTION pg_control_system() TO PUBLIC;)"
                : "another server (" + identity + ")";
        return new PlatformUnavailableException(
                Reason.ServerChanged,
                other + " answers instead of the one that is known since " + known.since() + " (" + known.identity()
                        + "): nothing is granted or revoked on it, and nothing is concluded from what it holds. If it was not meant,"
                        + " put the address right; if it is the right server from now on, say so: kubectl annotate --overwrite dataplatform "
                        + platform + " " + Annotations.CONFIRM_REMOVAL + "=" + asked);
    }

    /** Another one for each change, and for the same change another time: its beginning goes in. */
    private static String code(ServerIdentity known, String identity) {
        String all = identity(known) + "\n" + Objects.toString(known.since(), "") + "\n" + identity;
        return Fingerprint.ofText(all).hex(CODE_DIGITS);
    }

    private static String identity(ServerIdentity known) {
        return Objects.toString(known.identity(), "");
    }
}

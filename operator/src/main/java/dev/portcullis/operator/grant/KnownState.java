package dev.portcullis.operator.grant;

import java.util.function.UnaryOperator;

/** What one loop knows of its platform. Written by the loop's thread, read by whoever tells of it. */
final class KnownState {
    private final GrantLoop.Listener listener;
    private volatile PlatformState state = PlatformState.UNKNOWN;

    KnownState(GrantLoop.Listener listener) {
        this.listener = listener;
    }

    PlatformState current() {
        return state;
    }

    /** Says so only if it is another one. */
    void next(UnaryOperator<PlatformState> change) {
        PlatformState before = state;
        PlatformState after = change.apply(before);
        state = after;
        if (!after.equals(before)) {
            listener.stateChanged();
        }
    }
}

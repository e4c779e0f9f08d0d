package dev.portcullis.platform;

/** What became of one change. */
public sealed interface Outcome {
    /** The platform accepted it; whether it holds is read back afterwards. */
    record Applied() implements Outcome {}

    /** The platform refused it. */
    record Refused(Plan.Reason reason, String message) implements Outcome {}

    /**
     * The platform has not done it yet and has not refused it: it answers later (then the next plan says so by {@link Plan#awaited}), or takes no more at
     * present (then the next plan has the change once more). Looked at again at a pace that slows down; never a failure.
     *
     * @param message what is waited for; the same for as long as the same is waited for, since it is shown in statuses
     */
    record Pending(String message) implements Outcome {}
}

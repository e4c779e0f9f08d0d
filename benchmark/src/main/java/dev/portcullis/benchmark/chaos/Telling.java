package dev.portcullis.benchmark.chaos;

/** The order in which the model hears of things: of what gives access before it is done, of what takes access after it was done. */
final class Telling {
    private static final boolean VERBOSE = Boolean.getBoolean("portcullis.verbose");

    private final Model model;

    Telling(Model model) {
        this.model = model;
    }

    /** {@code not} undoes {@code may} where it was refused. Whether it was taken. */
    boolean gives(String what, Runnable write, Runnable may, Runnable not) {
        model.change(may);
        boolean taken = taken(what, write);
        if (!taken) {
            model.change(not);
        }
        return taken;
    }

    /** Whether it was taken. */
    boolean takes(String what, Runnable write, Runnable gone) {
        boolean taken = taken(what, write);
        if (taken) {
            model.change(gone);
        }
        return taken;
    }

    /** As above, and puts it into the agreement's story. */
    boolean gives(AgreementModel agreement, String what, Runnable write, Runnable may, Runnable not) {
        boolean taken = gives(what + " " + agreement.name, write, may, not);
        agreement.tell(what + (taken ? "" : ": refused"));
        return taken;
    }

    /** As above, and puts it into the agreement's story. */
    boolean takes(AgreementModel agreement, String what, Runnable write, Runnable gone) {
        boolean taken = takes(what + " " + agreement.name, write, gone);
        agreement.tell(what + (taken ? "" : ": refused"));
        return taken;
    }

    private static boolean taken(String what, Runnable write) {
        String refused = Answers.of(write);
        if (VERBOSE) {
            System.err.println(
                    java.time.Instant.now() + " " + what + (refused.isEmpty() ? "" : ": refused, " + refused));
        }
        return refused.isEmpty();
    }
}

package dev.portcullis.operator.watch;

/** A way to have the watches of a kind begin anew, with a list of everything. */
@FunctionalInterface
public interface Renewal {
    /** @return false when there is no watch of the kind that could be ended */
    boolean renew(Watched watched);
}

package dev.portcullis.operator.grant;

import dev.portcullis.platform.Scope;

/** One thing that a grant loop has to do. */
sealed interface Work {
    /** To compare what is wanted with what is there. */
    record Compare(Scope scope) implements Work {}

    /** To look at the objects that ports offer. */
    record Look() implements Work {}

    /** To look how else people can read what agreements are about. */
    record Search() implements Work {}
}

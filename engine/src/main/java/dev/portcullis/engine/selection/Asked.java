package dev.portcullis.engine.selection;

import dev.portcullis.engine.facts.Problem;
import dev.portcullis.platform.Profile;

/** What of an offer a request is for. */
public sealed interface Asked {
    /** These objects. */
    record Objects(Profile profile) implements Asked {}

    /** Something that the offer has not. */
    record Impossible(Problem problem) implements Asked {}
}

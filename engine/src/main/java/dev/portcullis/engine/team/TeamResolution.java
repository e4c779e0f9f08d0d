package dev.portcullis.engine.team;

import dev.portcullis.engine.facts.Problem;

/** Which team acts, or why that cannot be said. */
public sealed interface TeamResolution {
    record Acting(ActingTeam team) implements TeamResolution {}

    record Unknown(Problem problem) implements TeamResolution {}
}

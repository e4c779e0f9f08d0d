package dev.portcullis.cli.rehearsal;

import dev.portcullis.api.decision.Decision;

/**
 * A Decision that the API server does not let its author file.
 *
 * @param decision as it would be stored
 * @param message why, and what to do
 */
public record RefusedFiling(Decision decision, String message) {}

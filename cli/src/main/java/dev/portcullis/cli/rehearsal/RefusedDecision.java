package dev.portcullis.cli.rehearsal;

import dev.portcullis.engine.decision.WrittenDecision;

/**
 * A decision in the annotations of an agreement that the API server does not let its author write.
 *
 * @param agreement namespace and name
 * @param message why, and what to do
 */
public record RefusedDecision(String agreement, WrittenDecision decision, String message) {}

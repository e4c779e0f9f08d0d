package dev.portcullis.cli.rehearsal;

import java.util.List;

/**
 * A world that a change has come to, before the operator has looked at it.
 *
 * @param refused decisions on agreements that the API server did not let in; they are not in the mesh
 * @param unfiled Decisions that it did not let in; nor are they
 */
public record Arrived(Mesh mesh, List<RefusedDecision> refused, List<RefusedFiling> unfiled) {}

package dev.portcullis.cli.rehearsal;

import java.util.List;

/**
 * A world that a change has come to, before the operator has looked at it.
 *
 * @param refused what the API server did not let in; it is not in the mesh
 */
public record Arrived(Mesh mesh, List<RefusedDecision> refused) {}

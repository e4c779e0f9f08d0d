package dev.portcullis.cli.live;

import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.cli.rehearsal.Mesh;
import java.util.List;
import java.util.Optional;

/**
 * What a cluster has.
 *
 * @param mesh its objects with their statuses and UIDs
 * @param manifests the same as somebody would have written it
 * @param installation what the operator marks its roles with; empty where that may not be read
 * @param unread what the caller may not read, and what follows from that
 */
public record LiveMesh(Mesh mesh, Manifests manifests, Optional<String> installation, List<String> unread) {}

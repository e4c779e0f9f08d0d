package dev.portcullis.cli.rehearsal;

import java.util.Map;

/**
 * A world at rest: the operator has written all statuses and granted what is wanted.
 *
 * @param mesh its objects, with their statuses
 * @param grants what is granted on each platform, by its name
 */
public record Settled(Mesh mesh, Rights rights, Map<String, PlatformGrants> grants) {}

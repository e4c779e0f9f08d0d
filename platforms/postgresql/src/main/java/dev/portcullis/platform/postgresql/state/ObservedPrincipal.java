package dev.portcullis.platform.postgresql.state;

/**
 * A role of the server that somebody wants to be a principal.
 *
 * @param name its name
 * @param attributes what it may
 * @param shared whether other roles have its privileges or may become it; a row with nothing but ADMIN, which the creator of a role gets,
 *     does not count
 * @param inherits whether it has the privileges of roles by itself; since 16 its memberships say so, whatever it is like
 */
public record ObservedPrincipal(String name, Attributes attributes, boolean shared, boolean inherits) {}

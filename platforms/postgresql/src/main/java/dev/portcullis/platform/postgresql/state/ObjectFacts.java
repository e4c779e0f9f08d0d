package dev.portcullis.platform.postgresql.state;

/**
 * What is known of an object that is wanted.
 *
 * @param owner its owner's name
 * @param grantable whether the operator's role may pass on what profiles need of it
 */
public record ObjectFacts(String owner, boolean grantable) {}

package dev.portcullis.platform.postgresql.state;

/**
 * What is known of an object that is wanted.
 *
 * @param owner its owner's name
 * @param grantable whether the operator's role may pass on what profiles need of it
 * @param number OID of a table, number of a column: another one when it was made anew under its name
 */
public record ObjectFacts(String owner, boolean grantable, long number) {
    /** What is known of an object whose number nobody asks for. */
    public ObjectFacts(String owner, boolean grantable) {
        this(owner, grantable, 0);
    }
}

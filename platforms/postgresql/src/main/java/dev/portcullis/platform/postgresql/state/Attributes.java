package dev.portcullis.platform.postgresql.state;

/** What a role may beyond its grants. */
public record Attributes(
        boolean login,
        boolean superuser,
        boolean createRole,
        boolean createDb,
        boolean replication,
        boolean bypassRls) {
    /** A role that is nothing but a name for privileges: what ours are. */
    public static final Attributes NONE = new Attributes(false, false, false, false, false, false);

    /** Whether it has something that only those who have it themselves can take away. */
    public boolean hasUnalterable() {
        return superuser || createDb || replication || bypassRls;
    }
}

package dev.portcullis.platform.postgresql.sql;

import static dev.portcullis.platform.postgresql.sql.Identifier.quote;

import java.util.List;
import java.util.stream.Collectors;

/** How a server wants to be spoken to, by its version: what differs for us came with 15 and 16. */
public enum Dialect {
    POSTGRESQL_14,
    POSTGRESQL_15,
    /** And every later one. */
    POSTGRESQL_16;

    /** The oldest version that is supported, as {@code server_version_num} counts. */
    public static final int OLDEST = 140000;

    /** The dialect of a server, by its {@code server_version_num}. */
    public static Dialect of(int version) {
        if (version < 150000) {
            return POSTGRESQL_14;
        }
        return version < 160000 ? POSTGRESQL_15 : POSTGRESQL_16;
    }

    /**
     * Whether a membership is its grantor's, with options of its own. Below 16 there is one of each member in each role; who granted it is only a note,
     * whoever has CREATEROLE can end it, the member inherits as the member's own attribute says, and may always become the role.
     */
    public boolean hasMembershipsPerGrantor() {
        return compareTo(POSTGRESQL_16) >= 0;
    }

    /**
     * Whether every login may make others its members, and so of the roles it is in: a session that became such a role is anybody's then, and outlives the
     * membership without a trace.
     */
    public boolean letsLoginsLendThemselves() {
        return this == POSTGRESQL_14;
    }

    /** Whether privileges on configuration parameters exist. */
    public boolean hasParameterPrivileges() {
        return compareTo(POSTGRESQL_15) >= 0;
    }

    /** Makes a member, with the privileges and nothing else, as far as the server can: it cannot pass the role on, and since 16 it cannot become it. */
    public String membership(String role, String member) {
        return membership(List.of(role), List.of(member));
    }

    /** Makes all of these members of each role, in the same way. */
    public String membership(List<String> roles, List<String> members) {
        return "GRANT " + list(roles) + " TO " + list(members)
                + (hasMembershipsPerGrantor() ? " WITH ADMIN FALSE, INHERIT TRUE, SET FALSE" : "");
    }

    /** Ends a membership that a grantor gave, with all that came of it. */
    public String end(String role, String member, String grantor) {
        return end(List.of(role), List.of(member), grantor);
    }

    /** Ends those of all of these members in each role, as far as this grantor gave them. */
    public String end(List<String> roles, List<String> members, String grantor) {
        return "REVOKE " + list(roles) + " FROM " + list(members)
                // below 16 the grantor is ignored, and one that was dropped since cannot be named
                + (hasMembershipsPerGrantor() ? " GRANTED BY " + quote(grantor) + " CASCADE" : "");
    }

    private static String list(List<String> names) {
        return names.stream().map(Identifier::quote).collect(Collectors.joining(", "));
    }
}

package dev.portcullis.platform;

import java.util.List;

/**
 * How to get from what was observed to what is wanted.
 *
 * @param changes in the order to execute them: what takes access away goes first
 * @param refusals wanted entitlements that cannot be given as things stand
 * @param leftovers what nobody wants and the module will not or cannot remove, for the person who can
 * @param awaited what was asked of the platform earlier and is under way there: nothing is to be done but to look again
 * @param warnings what is not as it should be on the platform as a whole
 */
public record Plan(
        List<Change> changes,
        List<Refusal> refusals,
        List<Leftover> leftovers,
        List<Awaited> awaited,
        List<Warning> warnings) {
    /** A plan of a platform that answers at once. */
    public Plan(List<Change> changes, List<Refusal> refusals, List<Leftover> leftovers) {
        this(changes, refusals, leftovers, List.of(), List.of());
    }

    public Plan {
        changes = List.copyOf(changes);
        refusals = List.copyOf(refusals);
        leftovers = List.copyOf(leftovers);
        awaited = List.copyOf(awaited);
        warnings = List.copyOf(warnings);
    }

    /** A wanted entitlement that cannot be given as things stand; looked at again at every comparison. */
    public record Refusal(Entitlement entitlement, Reason reason, String message) {}

    /** Something on the owner's roles that stays although nobody wants it. */
    public record Leftover(String portUid, Reason reason, String message) {}

    /**
     * Access that the platform is about to give or to take away.
     *
     * @param effect which of the two
     * @param message what is waited for, and who can do something about it; the same for as long as the same is waited for
     */
    public record Awaited(String portUid, Principal principal, Change.Effect effect, String message) {}
    /** Something to know of the platform, whatever is wanted there: no entitlement fails by it. */
    public record Warning(Reason reason, String message) {}

    /** Why something is not given or not taken away, as one CamelCase word for conditions. */
    public enum Reason {
        /** The platform knows no such principal (yet). */
        PrincipalNotFound,
        /** The principal must not be granted to: too powerful, not a login, ours, or no possible name. */
        PrincipalRefused,
        /** A table, column, schema or database is not there. */
        ObjectNotFound,
        /** The operator's own role may not pass the privilege on. */
        GrantOptionMissing,
        /** A row filter is not written as one. */
        RowFilterInvalid,
        /** A row filter looks at a column that it may not look at, or compares one with what it is not. */
        FilterColumnType,
        /** A row filter is to be applied to what cannot be read through a view of ours. */
        NotFilterable,
        /** A row filter is to be applied to a table with row level security. */
        RowSecurityPresent,
        /** There is no schema for the views that serve row filters, or the operator may not use it. */
        ViewSchemaMissing,
        /** Somebody else granted on a role of ours; only they or a superuser can take it back. */
        ForeignGrant,
        /** Who lost access may have a session that goes on reading, and the operator may not end it. */
        SessionsMayRemain,
        /** The platform refused or undid the change. */
        NotApplied
    }
}

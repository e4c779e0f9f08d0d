package dev.portcullis.platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a look at the objects of a profile found.
 *
 * @param identity changes when one of them was made anew under its name, which takes every grant on it away
 * @param fault why the profile cannot be granted whole now; empty: it can
 * @param notices what whoever offers the objects should know besides; the same ones in the same order for the same state
 * @param whole what those objects consist of that are offered whole (the columns of a table), by the object's name: who has such an object has all of it, also
 *     what is added later. Empty for one that is not there
 * @param complete whether notices and whole were found out: that can take too long, and what was known of them then stands
 */
public record ObjectsFound(
        String identity,
        Optional<Fault> fault,
        List<Notice> notices,
        Map<String, Set<String>> whole,
        boolean complete) {
    public ObjectsFound {
        notices = List.copyOf(notices);
        whole = Map.copyOf(whole);
    }

    /** Objects of which everything was found out. */
    public ObjectsFound(String identity, Optional<Fault> fault, List<Notice> notices, Map<String, Set<String>> whole) {
        this(identity, fault, notices, whole, true);
    }

    /** Objects of which there is nothing more to say. */
    public ObjectsFound(String identity, Optional<Fault> fault) {
        this(identity, fault, List.of(), Map.of());
    }

    /** Whether there is nothing else to say of the objects, made anew or not. */
    public boolean saysTheSameAs(ObjectsFound other) {
        return fault.equals(other.fault)
                && notices.equals(other.notices)
                && whole.equals(other.whole)
                && complete == other.complete;
    }

    /** What is wrong with the objects. */
    public record Fault(Plan.Reason reason, String message) {}

    /**
     * Something to know of the objects, which can be granted all the same.
     *
     * @param type what it is about
     * @param reason one CamelCase word for programs
     * @param message a sentence that says what to do
     */
    public record Notice(Type type, String reason, String message) {
        /** What notices are about; each is a condition of the port. */
        public enum Type {
            /** Whoever is granted the objects may still read nothing of them, or not at all. */
            MayNotRead,
            /** A row filter that is offered cannot be applied to any of the objects. */
            RowFilterUnusable,
            /** What has to be granted along with the objects opens more than them. */
            SchemaExposed
        }
    }
}

package dev.portcullis.platform.external.profile;

import dev.portcullis.api.port.ExternalObject;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.Selection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes a profile of a list of objects, or says what is wrong with it. */
public final class ProfileParser {
    private final SortedMap<String, Selection> objects = new TreeMap<>();

    private ProfileParser() {}

    /** The profile, or the first thing to change. */
    public static Parsed parse(List<ExternalObject> objects) {
        return new ProfileParser().read(objects);
    }

    private Parsed read(List<ExternalObject> list) {
        if (list.isEmpty()) {
            return new Parsed.Bad("external.objects is empty: name at least one object");
        }
        for (int i = 0; i < list.size(); i++) {
            Optional<String> bad = object("external.objects[" + i + "]", list.get(i));
            if (bad.isPresent()) {
                return new Parsed.Bad(bad.get());
            }
        }
        return new Parsed.Ok(new ExternalProfile(objects));
    }

    private Optional<String> object(String field, ExternalObject object) {
        Optional<String> problem = Names.problem(object.name())
                .or(() -> Names.pathProblem(object.name()))
                .map(what -> field + ".name " + what);
        if (problem.isPresent()) {
            return problem;
        }
        SortedSet<String> parts = new TreeSet<>();
        for (String part : object.parts()) {
            Optional<String> bad = Names.problem(part).map(what -> field + ".parts " + what);
            if (bad.isPresent()) {
                return bad;
            }
            if (!parts.add(part)) {
                return Optional.of(field + ".parts names " + Names.quote(part) + " twice: name every part once");
            }
        }
        Selection selection = parts.isEmpty() ? new Selection.Whole() : new Selection.Some(parts);
        return objects.put(object.name(), selection) == null
                ? Optional.empty()
                : Optional.of(
                        "external.objects names " + Names.quote(object.name()) + " twice: name every object once");
    }
}

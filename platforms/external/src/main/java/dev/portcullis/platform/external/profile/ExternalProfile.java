package dev.portcullis.platform.external.profile;

import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.port.ExternalObject;
import dev.portcullis.api.port.ExternalObjects;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Selection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Objects of an external platform, each whole or some of its parts. Made by {@link ProfileParser}, which lets only possible names through.
 *
 * @param objects by name, sorted, so that two spellings of one set are equal
 */
public record ExternalProfile(SortedMap<String, Selection> objects) implements Profile {
    public ExternalProfile {
        objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    }

    @Override
    public String canonical() {
        return "external/1"
                + objects.entrySet().stream()
                        .map(object -> " " + Names.quote(object.getKey())
                                + object.getValue().canonical(Names::quote))
                        .collect(Collectors.joining());
    }

    @Override
    public SnapshotObjects toSnapshot() {
        return new SnapshotObjects(null, new ExternalObjects(toList()));
    }

    /** As the API has them. */
    public List<ExternalObject> toList() {
        return objects.entrySet().stream()
                .map(object ->
                        new ExternalObject(object.getKey(), object.getValue().toList()))
                .toList();
    }

    /** What is in both; empty where nothing is. */
    public Optional<ExternalProfile> intersect(ExternalProfile other) {
        SortedMap<String, Selection> both = new TreeMap<>();
        objects.forEach((name, selection) -> {
            Selection theirs = other.objects.get(name);
            if (theirs != null) {
                selection.intersect(theirs).ifPresent(common -> both.put(name, common));
            }
        });
        return both.isEmpty() ? Optional.empty() : Optional.of(new ExternalProfile(both));
    }
}

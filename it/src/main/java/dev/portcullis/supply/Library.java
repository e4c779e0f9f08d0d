package dev.portcullis.supply;

import java.util.List;

/**
 * A library of a bill of materials.
 *
 * @param licences as the library states them, any one of which may be chosen; by their SPDX identifiers where {@link Licences} knows one
 */
public record Library(String group, String name, String version, List<String> licences) {
    public Library {
        licences = List.copyOf(licences);
    }

    /** What it is called in Maven and in advisories. */
    public String coordinates() {
        return group + ":" + name;
    }

    /** Its file beside the programs. */
    public String jar() {
        return name + "-" + version + ".jar";
    }
}

package dev.portcullis.cli.report;

/** An object in a namespace. */
public record Name(String namespace, String name) implements Comparable<Name> {
    @Override
    public int compareTo(Name other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace == 0 ? name.compareTo(other.name) : byNamespace;
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}

package dev.portcullis.cli.schema;

/**
 * One thing that the API server would refuse a resource for.
 *
 * @param field its place, as the API server writes it: {@code spec.tags[1]}; empty where it is the whole resource
 * @param pointer its place as a JSON pointer
 * @param message in the API server's words, without the field
 * @param blocking whether the API server asks no rule while this is wrong
 */
public record Refusal(String field, String pointer, String message, boolean blocking) {
    static Refusal of(FieldPath path, String message) {
        return new Refusal(path.name(), path.pointer(), message, false);
    }

    static Refusal blocking(FieldPath path, String message) {
        return new Refusal(path.nameInBody(), path.pointer(), message, true);
    }

    static Refusal inBody(FieldPath path, String message) {
        return new Refusal(path.nameInBody(), path.pointer(), message, false);
    }

    @Override
    public String toString() {
        return field.isEmpty() ? message : field + ": " + message;
    }
}

package dev.portcullis.cli.schema;

import org.jspecify.annotations.Nullable;

/** The place of a value in a resource. Only where something is wrong it is written out. */
final class FieldPath {
    static final FieldPath ROOT = new FieldPath(null, "", "", "");

    private final @Nullable FieldPath parent;
    private final String step;
    private final String stepInBody;
    private final String stepOfPointer;

    private FieldPath(@Nullable FieldPath parent, String step, String stepInBody, String stepOfPointer) {
        this.parent = parent;
        this.step = step;
        this.stepInBody = stepInBody;
        this.stepOfPointer = stepOfPointer;
    }

    FieldPath field(String name) {
        String dotted = parent == null ? name : "." + name;
        return new FieldPath(this, dotted, dotted, name);
    }

    /** Of a map that people choose the keys of. */
    FieldPath key(String key) {
        return new FieldPath(this, "[" + key + "]", "." + key, key);
    }

    FieldPath index(int index) {
        String bracketed = "[" + index + "]";
        return new FieldPath(this, bracketed, bracketed, Integer.toString(index));
    }

    /** As the API server writes it at the beginning of a message. */
    String name() {
        return parent == null ? "" : parent.name() + step;
    }

    /** As the API server's check of types and bounds writes it, which has dots before keys. */
    String nameInBody() {
        return parent == null ? "" : parent.nameInBody() + stepInBody;
    }

    /** The JSON pointer. */
    String pointer() {
        return parent == null
                ? ""
                : parent.pointer() + "/" + stepOfPointer.replace("~", "~0").replace("/", "~1");
    }
}

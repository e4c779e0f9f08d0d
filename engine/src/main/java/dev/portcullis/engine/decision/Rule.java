package dev.portcullis.engine.decision;

/** The rules that decide, or say who does, by the name they are recorded with. */
public enum Rule {
    SAME_TEAM("same-team"),
    AUTO_APPROVE("auto-approve"),
    MANUAL("manual"),
    EXTERNAL("external"),
    PORT_DELETED("port-deleted"),
    PORT_REPLACED("port-replaced");

    private final String id;

    Rule(String id) {
        this.id = id;
    }

    /** The name in status. */
    public String id() {
        return id;
    }

    /** Who decided, where a rule of this name did. */
    static String author(String rule) {
        return "rule/" + rule;
    }
}

package dev.portcullis.engine.decision;

import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.DecisionRecord;

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

    /** Whether it decided, be it that others were asked besides. */
    public boolean isOnRecord(Approval approval) {
        return approval.decisions().stream()
                .anyMatch(decision -> decision.via() == DecisionRecord.Via.Rule
                        && decision.by().equals(author(id)));
    }

    /** Who decided, where a rule of this name did. */
    static String author(String rule) {
        return "rule/" + rule;
    }
}

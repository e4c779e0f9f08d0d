package dev.portcullis.api.policy;

/** When a policy is looked at. */
public enum PolicyMode {
    /** Before same-team and the port's flag; what all of them require adds up. */
    Mandatory,
    /** After them; the first with a rule that matches decides. */
    Default
}

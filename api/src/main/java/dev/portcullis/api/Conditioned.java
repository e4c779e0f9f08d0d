package dev.portcullis.api;

import java.util.List;

/** A status that says how things are in conditions. */
public interface Conditioned {
    List<Condition> conditions();
}

/** Decisions: which agreement each is about, and what became of it. */
@NullMarked
package dev.portcullis.operator.decision;

import org.jspecify.annotations.NullMarked;

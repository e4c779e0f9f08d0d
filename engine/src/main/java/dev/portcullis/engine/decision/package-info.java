/** Who decides: rules, or a decision that a person wrote down; and who must not. */
@NullMarked
package dev.portcullis.engine.decision;

import org.jspecify.annotations.NullMarked;

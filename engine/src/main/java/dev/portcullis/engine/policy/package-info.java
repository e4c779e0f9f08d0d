/** Approval policies: their expressions, and what they say of a request. */
@NullMarked
package dev.portcullis.engine.policy;

import org.jspecify.annotations.NullMarked;

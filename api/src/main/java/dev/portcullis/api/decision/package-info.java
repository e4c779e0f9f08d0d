/** The kind Decision: what somebody decided on an agreement, kept with the port. */
@NullMarked
package dev.portcullis.api.decision;

import org.jspecify.annotations.NullMarked;

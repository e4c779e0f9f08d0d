/** What of an offer is asked for, and what of that is allowed. */
@NullMarked
package dev.portcullis.engine.selection;

import org.jspecify.annotations.NullMarked;

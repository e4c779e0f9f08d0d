/** Dates of an agreement as instants. */
@NullMarked
package dev.portcullis.engine.time;

import org.jspecify.annotations.NullMarked;

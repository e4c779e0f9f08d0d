/**
 * What all kinds of the API group {@code portcullis.dev} share: the names of group, annotations and finalizer, and the condition.
 * Each kind has a package of its own below.
 */
@NullMarked
package dev.portcullis.api;

import org.jspecify.annotations.NullMarked;

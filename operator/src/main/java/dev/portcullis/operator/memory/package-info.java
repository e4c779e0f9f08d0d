/** Keeps the memory that is needed for each of many objects small. */
@NullMarked
package dev.portcullis.operator.memory;

import org.jspecify.annotations.NullMarked;

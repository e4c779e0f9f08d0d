/** Starts the operator and wires its parts: nothing here decides. */
@NullMarked
package dev.portcullis.operator;

import org.jspecify.annotations.NullMarked;

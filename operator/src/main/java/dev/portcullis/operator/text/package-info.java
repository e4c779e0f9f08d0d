/** Keeps the texts that requests accept and answer, for whoever wants to know later what they were. */
@NullMarked
package dev.portcullis.operator.text;

import org.jspecify.annotations.NullMarked;

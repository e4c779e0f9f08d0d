/** The facts that a judgement looks at, and the form in which it says what is wrong. */
@NullMarked
package dev.portcullis.engine.facts;

import org.jspecify.annotations.NullMarked;

/** What an agreement is at a moment, given its decision, its dates and the offer. */
@NullMarked
package dev.portcullis.engine.lifecycle;

import org.jspecify.annotations.NullMarked;

/** The status an agreement gets, made from all of the above. */
@NullMarked
package dev.portcullis.engine.status;

import org.jspecify.annotations.NullMarked;

/** One operator at a time. */
@NullMarked
package dev.portcullis.operator.leader;

import org.jspecify.annotations.NullMarked;

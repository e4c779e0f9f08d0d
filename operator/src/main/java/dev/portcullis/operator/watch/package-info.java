/** Whether the watches, by which everything is known, tell everything. */
@NullMarked
package dev.portcullis.operator.watch;

import org.jspecify.annotations.NullMarked;

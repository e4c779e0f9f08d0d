/** What the operator would make of a world, by the operator's own engine and without any input or output. */
@NullMarked
package dev.portcullis.cli.rehearsal;

import org.jspecify.annotations.NullMarked;

/** A live cluster, read with the caller's own rights. Nothing here is loaded unless a command asks for a cluster. */
@NullMarked
package dev.portcullis.cli.live;

import org.jspecify.annotations.NullMarked;

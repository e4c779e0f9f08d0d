/** Writes status: by server-side apply, and only when it differs. */
@NullMarked
package dev.portcullis.operator.status;

import org.jspecify.annotations.NullMarked;

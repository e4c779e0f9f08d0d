/** From what is wanted and the AccessGrants there are to what is to be done. */
@NullMarked
package dev.portcullis.platform.external.plan;

import org.jspecify.annotations.NullMarked;

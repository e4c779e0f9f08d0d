/** AccessGrants as they were read. */
@NullMarked
package dev.portcullis.platform.external.state;

import org.jspecify.annotations.NullMarked;

/** The AccessGrants of external platforms on the API server. */
@NullMarked
package dev.portcullis.operator.external;

import org.jspecify.annotations.NullMarked;

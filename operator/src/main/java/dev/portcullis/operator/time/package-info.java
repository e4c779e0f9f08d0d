/** What time it is, by the operator's clock and by the API server's. */
@NullMarked
package dev.portcullis.operator.time;

import org.jspecify.annotations.NullMarked;

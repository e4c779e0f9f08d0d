/** What was observed on a server, as values. */
@NullMarked
package dev.portcullis.platform.postgresql.state;

import org.jspecify.annotations.NullMarked;

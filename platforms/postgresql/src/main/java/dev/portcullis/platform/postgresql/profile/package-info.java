/** Profiles: the exact set of tables and columns of one schema, and how one is read from a port. */
@NullMarked
package dev.portcullis.platform.postgresql.profile;

import org.jspecify.annotations.NullMarked;

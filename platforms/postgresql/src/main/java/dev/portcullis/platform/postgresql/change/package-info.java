/** The steps that bring a server closer to what is wanted, each with its SQL. */
@NullMarked
package dev.portcullis.platform.postgresql.change;

import org.jspecify.annotations.NullMarked;

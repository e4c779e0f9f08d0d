/** How principals can read what they were granted by grants of others, too. Pure: the queries are in {@code session}. */
@NullMarked
package dev.portcullis.platform.postgresql.way;

import org.jspecify.annotations.NullMarked;

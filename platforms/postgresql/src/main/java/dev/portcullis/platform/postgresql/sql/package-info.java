/** SQL text: identifiers, literals and the objects that privileges are granted on. The only place that quotes. */
@NullMarked
package dev.portcullis.platform.postgresql.sql;

import org.jspecify.annotations.NullMarked;

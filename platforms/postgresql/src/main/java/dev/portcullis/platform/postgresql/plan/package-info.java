/** The pure comparison of what is wanted with what was observed. */
@NullMarked
package dev.portcullis.platform.postgresql.plan;

import org.jspecify.annotations.NullMarked;

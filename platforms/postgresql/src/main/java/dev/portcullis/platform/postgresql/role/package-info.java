/** Roles of ours: what they are called and how they are marked. */
@NullMarked
package dev.portcullis.platform.postgresql.role;

import org.jspecify.annotations.NullMarked;

/** Reconciles Teams. */
@NullMarked
package dev.portcullis.operator.team;

import org.jspecify.annotations.NullMarked;

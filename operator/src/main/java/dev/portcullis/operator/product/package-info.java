/** Reconciles DataProducts. */
@NullMarked
package dev.portcullis.operator.product;

import org.jspecify.annotations.NullMarked;

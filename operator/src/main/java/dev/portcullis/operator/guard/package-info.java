/** Whether the admission policies that guard decisions are there and whole. */
@NullMarked
package dev.portcullis.operator.guard;

import org.jspecify.annotations.NullMarked;

/** How many objects are kept: what they have in common once, and so that those that belong together are found. */
@NullMarked
package dev.portcullis.operator.memory;

import org.jspecify.annotations.NullMarked;

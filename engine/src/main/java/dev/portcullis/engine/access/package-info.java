/** Which principals an agreement gives access, as entitlements. */
@NullMarked
package dev.portcullis.engine.access;

import org.jspecify.annotations.NullMarked;

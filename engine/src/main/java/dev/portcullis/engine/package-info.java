/** Facts and time in, decision, lifecycle and entitlements out. Nothing here does I/O, reads a clock or remembers anything but compiled expressions. */
@NullMarked
package dev.portcullis.engine;

import org.jspecify.annotations.NullMarked;

/**
 * A whole local installation: API server, PostgreSQL and operator as child processes on loopback. The tests of this
 * module run on it, and so does {@code ./try}.
 */
@NullMarked
package dev.portcullis.local;

import org.jspecify.annotations.NullMarked;

/** {@code portcullis test}: policy cases. */
@NullMarked
package dev.portcullis.cli.test;

import org.jspecify.annotations.NullMarked;

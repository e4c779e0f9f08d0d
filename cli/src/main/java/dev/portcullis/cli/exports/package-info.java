/** {@code portcullis export}: agreements as documents of open standards. */
@NullMarked
package dev.portcullis.cli.exports;

import org.jspecify.annotations.NullMarked;

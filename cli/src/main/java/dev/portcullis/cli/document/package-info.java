/** Files that are read and documents that are written, whatever they are about. */
@NullMarked
package dev.portcullis.cli.document;

import org.jspecify.annotations.NullMarked;

/** {@code portcullis import}: data products and output ports of documents of open standards. */
@NullMarked
package dev.portcullis.cli.imports;

import org.jspecify.annotations.NullMarked;

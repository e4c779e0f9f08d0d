/** The engine as the operator wires it. */
@NullMarked
package dev.portcullis.cli.engine;

import org.jspecify.annotations.NullMarked;

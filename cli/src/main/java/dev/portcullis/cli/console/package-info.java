/** Where commands write to, and what they end with. */
@NullMarked
package dev.portcullis.cli.console;

import org.jspecify.annotations.NullMarked;

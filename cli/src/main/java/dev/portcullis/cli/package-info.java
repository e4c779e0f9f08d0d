/** The command line: what the operator would do, told without it. Commands are thin; what they say is found by the engine. */
@NullMarked
package dev.portcullis.cli;

import org.jspecify.annotations.NullMarked;

/** Reconciles OutputPorts. */
@NullMarked
package dev.portcullis.operator.port;

import org.jspecify.annotations.NullMarked;

/** What Prometheus is told. */
@NullMarked
package dev.portcullis.operator.metrics;

import org.jspecify.annotations.NullMarked;

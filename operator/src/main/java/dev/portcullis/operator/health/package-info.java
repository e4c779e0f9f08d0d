/** What kubelet and Prometheus read over HTTP. */
@NullMarked
package dev.portcullis.operator.health;

import org.jspecify.annotations.NullMarked;

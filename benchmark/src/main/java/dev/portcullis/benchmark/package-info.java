/** How long things take, measured with JMH. */
@NullMarked
package dev.portcullis.benchmark;

import org.jspecify.annotations.NullMarked;

/** What a port offers as things stand: its product, platform and objects, or what is missing. */
@NullMarked
package dev.portcullis.engine.offer;

import org.jspecify.annotations.NullMarked;

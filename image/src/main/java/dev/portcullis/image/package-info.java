/** What a container starts. */
@NullMarked
package dev.portcullis.image;

import org.jspecify.annotations.NullMarked;

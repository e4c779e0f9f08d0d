/** Which team acts for a namespace. */
@NullMarked
package dev.portcullis.engine.team;

import org.jspecify.annotations.NullMarked;

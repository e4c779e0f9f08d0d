/** The kind OutputPort: the objects of a data product that can be asked for. */
@NullMarked
package dev.portcullis.api.port;

import org.jspecify.annotations.NullMarked;

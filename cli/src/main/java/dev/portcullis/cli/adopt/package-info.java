/** {@code portcullis adopt}: manifests that would explain what people can read already. */
@NullMarked
package dev.portcullis.cli.adopt;

import org.jspecify.annotations.NullMarked;

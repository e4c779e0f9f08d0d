/** {@code portcullis plan}: what merging would do. */
@NullMarked
package dev.portcullis.cli.plan;

import org.jspecify.annotations.NullMarked;

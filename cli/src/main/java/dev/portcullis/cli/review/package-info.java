/** {@code portcullis review}: what an approver should know of a request. */
@NullMarked
package dev.portcullis.cli.review;

import org.jspecify.annotations.NullMarked;

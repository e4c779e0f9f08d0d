/** What a plan says, as values, and how it is shown. */
@NullMarked
package dev.portcullis.cli.report;

import org.jspecify.annotations.NullMarked;

/** The grant loop, one per DataPlatform: compares what is wanted with what is there, and makes it so. */
@NullMarked
package dev.portcullis.operator.grant;

import org.jspecify.annotations.NullMarked;

/** What can be done to AccessGrants. */
@NullMarked
package dev.portcullis.platform.external.change;

import org.jspecify.annotations.NullMarked;

/** The kind AccessGrant: what the operator asks of grant controllers for external platforms. */
@NullMarked
package dev.portcullis.api.grant;

import org.jspecify.annotations.NullMarked;

/** What an AccessGrant lets somebody use. */
@NullMarked
package dev.portcullis.platform.external.profile;

import org.jspecify.annotations.NullMarked;

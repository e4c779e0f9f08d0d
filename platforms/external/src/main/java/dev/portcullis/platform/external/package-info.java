/**
 * Platforms that a grant controller of a third party serves: for each entitlement there is an AccessGrant, and its status is what the platform holds.
 * {@link dev.portcullis.platform.external.ExternalModule} is pure; the API server is behind {@link dev.portcullis.platform.external.AccessGrants}.
 */
@NullMarked
package dev.portcullis.platform.external;

import org.jspecify.annotations.NullMarked;

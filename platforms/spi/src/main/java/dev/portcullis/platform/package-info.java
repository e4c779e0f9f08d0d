/**
 * What a data platform must do to be granted on. The words are those of the design: a profile is an exact set of objects, a principal is
 * what a beneficiary is called on the platform, an entitlement lets one principal use one port's objects in one profile.
 *
 * <p>{@link dev.portcullis.platform.PlatformModule} is pure: parse, intersect, plan. {@link dev.portcullis.platform.PlatformSession} does
 * the I/O: observe, execute. A module never derives what to revoke from a spec: what it observes and nobody wants, goes.
 */
@NullMarked
package dev.portcullis.platform;

import org.jspecify.annotations.NullMarked;

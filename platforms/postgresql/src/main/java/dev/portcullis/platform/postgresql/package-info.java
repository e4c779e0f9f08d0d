/**
 * Grants in PostgreSQL 14 to 18: one NOLOGIN role per profile, marked by its comment, with memberships for principals.
 *
 * <p>The packages below {@code sql}, {@code profile}, {@code role}, {@code state}, {@code change} and {@code plan} are pure; all I/O is in
 * {@code session}. DESIGN.md beside the module says why things are as they are.
 */
@NullMarked
package dev.portcullis.platform.postgresql;

import org.jspecify.annotations.NullMarked;

/** What all agreements together ask of a platform: who has which principal, and what is wanted there. */
@NullMarked
package dev.portcullis.engine.claim;

import org.jspecify.annotations.NullMarked;

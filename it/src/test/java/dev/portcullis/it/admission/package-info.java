/**
 * The guard, on a real API server: every row of the tables says who tries what, and what the API server must answer; each refusal has an honest
 * twin that is allowed. All rows run twice: with the mutating policy, and without it as on Kubernetes below 1.36.
 */
@NullMarked
package dev.portcullis.it.admission;

import org.jspecify.annotations.NullMarked;

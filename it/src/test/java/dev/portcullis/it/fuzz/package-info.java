/** Manifests that nobody in their right mind writes, for whoever reads manifests. */
package dev.portcullis.it.fuzz;

/** Manifests in folders and in Git, as they are; what is wrong with them is said with file and line. */
@NullMarked
package dev.portcullis.cli.manifests;

import org.jspecify.annotations.NullMarked;

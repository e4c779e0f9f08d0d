/** Manifests as people keep them in a repository, read strictly: each fault with its file and line. */
@NullMarked
package dev.portcullis.engine.manifest;

import org.jspecify.annotations.NullMarked;

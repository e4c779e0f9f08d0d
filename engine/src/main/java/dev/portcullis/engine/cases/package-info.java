/** Policy tests: cases as YAML, each a request in a world of manifests and what is to become of it, run by the engine that decides in a cluster. */
@NullMarked
package dev.portcullis.engine.cases;

import org.jspecify.annotations.NullMarked;

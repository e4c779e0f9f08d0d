/** What the API server would refuse of a resource, told without one: the schemas in {@code crds/} with their rules, and what holds for all metadata. */
@NullMarked
package dev.portcullis.cli.schema;

import org.jspecify.annotations.NullMarked;

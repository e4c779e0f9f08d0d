/** The kind DataProduct: what a provider offers, as a whole. */
@NullMarked
package dev.portcullis.api.product;

import org.jspecify.annotations.NullMarked;

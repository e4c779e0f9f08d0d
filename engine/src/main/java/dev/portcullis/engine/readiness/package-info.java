/** Whether ports, products, platforms and policies can be used, as far as other objects say: what a platform itself says is not asked here. */
@NullMarked
package dev.portcullis.engine.readiness;

import org.jspecify.annotations.NullMarked;

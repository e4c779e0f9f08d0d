/** What the caches hold, as the facts the engine asks for, and who must be looked at again when one of them changes. */
@NullMarked
package dev.portcullis.operator.world;

import org.jspecify.annotations.NullMarked;

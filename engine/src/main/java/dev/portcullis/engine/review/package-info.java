/** What an approver sees of a request: put together on demand for whoever may read the objects, and stored nowhere. */
@NullMarked
package dev.portcullis.engine.review;

import org.jspecify.annotations.NullMarked;

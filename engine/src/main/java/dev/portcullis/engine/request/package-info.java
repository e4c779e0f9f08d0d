/** Whether a request is valid, and what it is judged by. */
@NullMarked
package dev.portcullis.engine.request;

import org.jspecify.annotations.NullMarked;

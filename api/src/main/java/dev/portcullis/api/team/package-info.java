/** The kind Team: who acts for which namespaces. */
@NullMarked
package dev.portcullis.api.team;

import org.jspecify.annotations.NullMarked;

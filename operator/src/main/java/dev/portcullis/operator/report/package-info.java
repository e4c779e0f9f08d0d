/** Tells people: Kubernetes Events and the audit log. */
@NullMarked
package dev.portcullis.operator.report;

import org.jspecify.annotations.NullMarked;

/** Reconciles ApprovalPolicies. */
@NullMarked
package dev.portcullis.operator.policy;

import org.jspecify.annotations.NullMarked;

/** Reconciles DataUsageAgreements: the engine's assessment becomes the status, and the grant loop hears of what changed. */
@NullMarked
package dev.portcullis.operator.agreement;

import org.jspecify.annotations.NullMarked;

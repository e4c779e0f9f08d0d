/** The kind DataUsageAgreement: one request for one port, its decision, and the access it explains. */
@NullMarked
package dev.portcullis.api.agreement;

import org.jspecify.annotations.NullMarked;

/** The kind ApprovalPolicy: what the platform team asks of requests beyond what a port says. */
@NullMarked
package dev.portcullis.api.policy;

import org.jspecify.annotations.NullMarked;

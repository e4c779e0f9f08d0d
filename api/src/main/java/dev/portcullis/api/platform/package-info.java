/** The kind DataPlatform: a server where access is granted, what it exposes and what beneficiaries are called there. */
@NullMarked
package dev.portcullis.api.platform;

import org.jspecify.annotations.NullMarked;

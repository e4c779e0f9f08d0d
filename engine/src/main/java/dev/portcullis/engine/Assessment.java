package dev.portcullis.engine;

import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * What an agreement is found to be.
 *
 * @param status the status it should have
 * @param wakeAt when it changes by itself; absent: never
 */
public record Assessment(DataUsageAgreementStatus status, Optional<Instant> wakeAt) {}

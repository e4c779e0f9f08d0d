package dev.portcullis.engine;

import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.engine.request.KeptText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an agreement is found to be.
 *
 * @param status the status it should have
 * @param wakeAt when it changes by itself, as the operator's clock will say; absent: never
 * @param texts what the status names by their hashes for the first time: they have to be kept before it is written
 */
public record Assessment(DataUsageAgreementStatus status, Optional<Instant> wakeAt, List<KeptText> texts) {}

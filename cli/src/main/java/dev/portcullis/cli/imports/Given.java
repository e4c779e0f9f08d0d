package dev.portcullis.cli.imports;

import java.util.Optional;

/**
 * What documents do not say, and whoever imports them does.
 *
 * @param namespace where the products are
 * @param platform the DataPlatform of ports on PostgreSQL
 * @param externalPlatform the DataPlatform of all others
 * @param location of tables, as far as a document does not say it
 * @param termsRevision the edition of limitations, where the product has no version
 */
record Given(
        String namespace,
        Optional<String> platform,
        Optional<String> externalPlatform,
        Location location,
        Optional<String> termsRevision) {}

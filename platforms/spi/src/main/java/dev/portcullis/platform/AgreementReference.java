package dev.portcullis.platform;

/**
 * An agreement that explains an entitlement, for platforms that note why somebody has access.
 *
 * @param namespace the consumer's
 * @param purpose as requested
 */
public record AgreementReference(String namespace, String name, String uid, String purpose)
        implements Comparable<AgreementReference> {
    @Override
    public int compareTo(AgreementReference other) {
        int byNamespace = namespace.compareTo(other.namespace);
        int byName = byNamespace == 0 ? name.compareTo(other.name) : byNamespace;
        return byName == 0 ? uid.compareTo(other.uid) : byName;
    }
}

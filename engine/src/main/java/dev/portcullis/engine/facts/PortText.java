package dev.portcullis.engine.facts;

import dev.portcullis.api.agreement.DataUsageAgreement;

/** How messages call the port that an agreement is about. */
public final class PortText {
    private PortText() {}

    public static String of(DataUsageAgreement agreement) {
        var provider = agreement.getSpec().provider();
        return "OutputPort " + provider.outputPort() + " in namespace " + provider.namespace();
    }
}

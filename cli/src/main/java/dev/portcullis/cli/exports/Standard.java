package dev.portcullis.cli.exports;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Which standard documents follow. */
public enum Standard {
    /** Data Usage Agreement Specification 0.0.1. */
    DUAS {
        @Override
        ObjectNode document(AgreementFacts facts) {
            return UsageAgreementDocument.of(facts);
        }
    },
    /** Open Data Access Agreement v0.9.0. */
    ODAA {
        @Override
        ObjectNode document(AgreementFacts facts) {
            return AccessAgreementDocument.of(facts);
        }
    };

    abstract ObjectNode document(AgreementFacts facts);
}

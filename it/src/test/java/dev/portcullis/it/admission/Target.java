package dev.portcullis.it.admission;

import dev.portcullis.api.PortcullisApi;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** The object that somebody tries something on; without a namespace where its kind has none. */
record Target(Kind kind, String namespace, String name) {

    /** Our kinds, as the API server spells them. */
    enum Kind {
        TEAM("Team", "teams", false),
        PLATFORM("DataPlatform", "dataplatforms", false),
        PRODUCT("DataProduct", "dataproducts", true),
        PORT("OutputPort", "outputports", true),
        AGREEMENT("DataUsageAgreement", "datausageagreements", true),
        FILED_DECISION("Decision", "decisions", true),
        GRANT("AccessGrant", "accessgrants", true);

        final String kind;
        final String plural;
        final boolean namespaced;

        Kind(String kind, String plural, boolean namespaced) {
            this.kind = kind;
            this.plural = plural;
            this.namespaced = namespaced;
        }

        ResourceDefinitionContext context() {
            return new ResourceDefinitionContext.Builder()
                    .withGroup(PortcullisApi.GROUP)
                    .withVersion(PortcullisApi.VERSION)
                    .withKind(kind)
                    .withPlural(plural)
                    .withNamespaced(namespaced)
                    .build();
        }
    }

    /** Its address below the API server's. */
    String path() {
        return collection() + "/" + name;
    }

    String collection() {
        return "/apis/" + PortcullisApi.GROUP + "/" + PortcullisApi.VERSION
                + (kind.namespaced ? "/namespaces/" + namespace : "") + "/" + kind.plural;
    }
}

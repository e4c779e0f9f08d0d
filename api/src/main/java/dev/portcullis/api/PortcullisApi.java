package dev.portcullis.api;

/** The names that clients, policies and the operator agree on. */
public final class PortcullisApi {
    /** API group of every kind. */
    public static final String GROUP = "portcullis.dev";

    /** The only version served. */
    public static final String VERSION = "v1alpha1";

    /** Category of every kind: {@code kubectl get datamesh}. */
    public static final String CATEGORY = "datamesh";

    /** Held by an agreement until its access is gone, as read back from the platform. */
    public static final String REVOKE_FINALIZER = "portcullis.dev/revoke";

    private PortcullisApi() {}
}

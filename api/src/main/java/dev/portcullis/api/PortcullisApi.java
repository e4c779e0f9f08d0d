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

    /** Held by an AccessGrant until its grant controller has said that nothing is left of the access. */
    public static final String EXTERNAL_FINALIZER = "portcullis.dev/external";

    /** Label of an AccessGrant: the DataPlatform's name. */
    public static final String PLATFORM_LABEL = "portcullis.dev/platform";

    /** Label of an AccessGrant: the output port's UID. */
    public static final String PORT_LABEL = "portcullis.dev/output-port-uid";

    private PortcullisApi() {}
}

package dev.portcullis.api.agreement;

/** How far the platform is; the words of the Data Usage Agreement Specification. */
public enum ProvisioningStatus {
    Provisioning,
    Provisioned,
    ProvisioningFailed,
    Deprovisioning,
    Deprovisioned,
    DeprovisioningFailed;

    /** Whether the access is given, or on its way to be. */
    public boolean isTowardsAccess() {
        return this == Provisioning || this == Provisioned || this == ProvisioningFailed;
    }
}

package dev.portcullis.engine.offer;

import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.product.Lifecycle;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.Profile;

/** A port with all it needs, offering objects that its platform exposes. */
public record Offer(
        OutputPort port, DataProduct product, DataPlatform platform, PlatformModule module, Profile profile) {

    /** Whether new requests are taken. */
    public boolean takesRequests() {
        return port.getSpec().lifecycle() == Lifecycle.Active
                && product.getSpec().lifecycle() == Lifecycle.Active;
    }

    /** Whether what was granted is withdrawn for good, or until somebody thinks better of it. */
    public boolean isRetired() {
        return port.getSpec().lifecycle() == Lifecycle.Retired
                || product.getSpec().lifecycle() == Lifecycle.Retired;
    }
}

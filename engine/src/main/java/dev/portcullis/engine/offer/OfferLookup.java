package dev.portcullis.engine.offer;

import dev.portcullis.api.agreement.Provider;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.facts.World;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.Profile;
import java.util.Optional;

/** Finds what a port offers, step by step; the first thing missing is the answer. */
public final class OfferLookup {
    private final World world;
    private final PlatformModules modules;

    public OfferLookup(World world, PlatformModules modules) {
        this.world = world;
        this.modules = modules;
    }

    /** An offer, or what is missing. */
    public sealed interface Result {
        record Found(Offer offer) implements Result {}

        /** The port itself is not there. */
        record NoPort(Problem problem) implements Result {}

        /** The port is there and lacks something. */
        record NoOffer(OutputPort port, Problem problem) implements Result {}
    }

    public Result find(Provider provider) {
        return world.port(provider.namespace(), provider.outputPort())
                .filter(port -> port.getMetadata().getDeletionTimestamp() == null)
                .map(this::offerOf)
                .orElseGet(
                        () -> new Result.NoPort(
                                Problem.healing(
                                        "PortNotFound",
                                        "there is no OutputPort " + provider.outputPort() + " in namespace "
                                                + provider.namespace()
                                                + ": check spec.provider (what is asked for is never changed: delete this request, and ask anew), or ask the provider")));
    }

    public Result offerOf(OutputPort port) {
        String namespace = port.getMetadata().getNamespace();
        Optional<DataProduct> product = world.product(namespace, port.getSpec().dataProduct());
        if (product.isEmpty()) {
            return missing(
                    port,
                    "ProductNotFound",
                    "there is no DataProduct " + port.getSpec().dataProduct() + " in namespace " + namespace
                            + ": the provider creates it");
        }
        Optional<DataPlatform> platform = world.platform(port.getSpec().platform());
        if (platform.isEmpty()) {
            return missing(
                    port,
                    "PlatformNotFound",
                    "there is no DataPlatform " + port.getSpec().platform()
                            + ": the platform team creates it, or the provider offers the data on another");
        }
        return modules.serving(platform.get().getSpec())
                .map(module -> offerOn(port, product.get(), platform.get(), module))
                .orElseGet(
                        () -> missing(
                                port,
                                "PlatformNotServed",
                                "DataPlatform " + port.getSpec().platform()
                                        + " names no kind of platform that the operator has: the platform team names spec.postgresql or spec.external"));
    }

    private static Result offerOn(OutputPort port, DataProduct product, DataPlatform platform, PlatformModule module) {
        Parsed parsed = module.parse(port.getSpec());
        if (parsed instanceof Parsed.Bad bad) {
            return missing(port, "ObjectsInvalid", bad.message());
        }
        if (!(parsed instanceof Parsed.Ok ok)) {
            return missing(
                    port,
                    "ObjectsMissing",
                    "the port names no objects of the kind of platform that DataPlatform "
                            + port.getSpec().platform() + " is: the provider adds them to the port");
        }
        Profile profile = ok.profile();
        Optional<String> notExposed =
                module.notExposed(platform.getSpec(), port.getMetadata().getNamespace(), profile);
        if (notExposed.isPresent()) {
            return missing(
                    port, "NotExposed", "DataPlatform " + platform.getMetadata().getName() + ": " + notExposed.get());
        }
        return new Result.Found(new Offer(port, product, platform, module, profile));
    }

    private static Result missing(OutputPort port, String reason, String message) {
        return new Result.NoOffer(port, Problem.healing(reason, message));
    }
}

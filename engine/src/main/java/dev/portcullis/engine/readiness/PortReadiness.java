package dev.portcullis.engine.readiness;

import dev.portcullis.api.port.OutputPort;
import dev.portcullis.engine.offer.Offer;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.team.TeamResolution;
import dev.portcullis.engine.team.TeamResolver;

/** Says whether a port can be asked for. */
public final class PortReadiness {
    private final OfferLookup offers;
    private final TeamResolver teams;

    public PortReadiness(OfferLookup offers, TeamResolver teams) {
        this.offers = offers;
        this.teams = teams;
    }

    public Readiness of(OutputPort port) {
        OfferLookup.Result result = offers.offerOf(port);
        if (result instanceof OfferLookup.Result.NoOffer noOffer) {
            return Readiness.faulty(noOffer.problem());
        }
        Offer offer = ((OfferLookup.Result.Found) result).offer();
        TeamResolution team = teams.resolve(
                port.getMetadata().getNamespace(),
                offer.product().getSpec().team(),
                "spec.team of DataProduct " + port.getSpec().dataProduct());
        if (team instanceof TeamResolution.Unknown unknown) {
            return Readiness.faulty(unknown.problem());
        }
        if (!offer.takesRequests()) {
            return Readiness.paused(
                    "NotActive",
                    "the port is " + port.getSpec().lifecycle() + " and its data product "
                            + offer.product().getSpec().lifecycle() + ": only Active ones take requests");
        }
        return port.getSpec().suspend() || offer.product().getSpec().suspend()
                ? Readiness.paused("Suspended", "the port or its data product is suspended: every grant is withdrawn")
                : Readiness.ready("Offered", "the port can be asked for");
    }
}

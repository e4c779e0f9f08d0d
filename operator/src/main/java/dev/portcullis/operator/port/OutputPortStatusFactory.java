package dev.portcullis.operator.port;

import dev.portcullis.api.Condition;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.port.OutputPortStatus;
import dev.portcullis.engine.offer.Offer;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.engine.team.TeamResolution;
import dev.portcullis.engine.team.TeamResolver;
import dev.portcullis.operator.world.Counts;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Makes the status of a port. */
public final class OutputPortStatusFactory {
    private final OfferLookup offers;
    private final TeamResolver teams;
    private final Counts counts;
    private final Clock clock;

    public OutputPortStatusFactory(OfferLookup offers, TeamResolver teams, Counts counts, Clock clock) {
        this.offers = offers;
        this.teams = teams;
        this.counts = counts;
        this.clock = clock;
    }

    OutputPortStatus status(OutputPort port) {
        List<Condition> before = Optional.ofNullable(port.getStatus())
                .map(OutputPortStatus::conditions)
                .orElse(List.of());
        Long generation = port.getMetadata().getGeneration();
        Conditions conditions = new Conditions(before, generation, clock.instant());
        addReady(conditions, port);
        return new OutputPortStatus(generation, counts.ofPort(port), conditions.build());
    }

    private void addReady(Conditions conditions, OutputPort port) {
        OfferLookup.Result result = offers.offerOf(port);
        if (result instanceof OfferLookup.Result.NoOffer noOffer) {
            conditions.add(
                    "Ready",
                    false,
                    noOffer.problem().reason(),
                    noOffer.problem().message());
            return;
        }
        Offer offer = ((OfferLookup.Result.Found) result).offer();
        TeamResolution team = teams.resolve(
                port.getMetadata().getNamespace(),
                offer.product().getSpec().team(),
                "spec.team of DataProduct " + port.getSpec().dataProduct());
        if (team instanceof TeamResolution.Unknown unknown) {
            conditions.add(
                    "Ready",
                    false,
                    unknown.problem().reason(),
                    unknown.problem().message());
        } else if (!offer.takesRequests()) {
            conditions.add(
                    "Ready",
                    false,
                    "NotActive",
                    "the port is " + port.getSpec().lifecycle() + " and its data product "
                            + offer.product().getSpec().lifecycle() + ": only Active ones take requests");
        } else if (port.getSpec().suspend() || offer.product().getSpec().suspend()) {
            conditions.add(
                    "Ready", false, "Suspended", "the port or its data product is suspended: every grant is withdrawn");
        } else {
            conditions.add("Ready", true, "Offered", "the port can be asked for");
        }
    }
}

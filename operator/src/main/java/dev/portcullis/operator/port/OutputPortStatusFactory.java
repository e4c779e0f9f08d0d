package dev.portcullis.operator.port;

import dev.portcullis.api.Condition;
import dev.portcullis.api.port.Offered;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.port.OutputPortStatus;
import dev.portcullis.engine.offer.OfferLookup;
import dev.portcullis.engine.readiness.PortReadiness;
import dev.portcullis.engine.readiness.Readiness;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.engine.team.TeamResolver;
import dev.portcullis.operator.world.Counts;
import dev.portcullis.platform.ObjectsFound;
import dev.portcullis.platform.Plan;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the status of a port. */
public final class OutputPortStatusFactory {
    private static final Set<String> OF_OBJECTS =
            Set.of(Plan.Reason.ObjectNotFound.name(), Plan.Reason.GrantOptionMissing.name());

    private static final String WIDENED = "ObjectWidened";
    private static final List<String> OF_LOOKS = Stream.concat(
                    Stream.of(WIDENED),
                    Arrays.stream(ObjectsFound.Notice.Type.values()).map(Enum::name))
            .toList();

    private final OfferLookup offers;
    private final PortReadiness readiness;
    private final Function<OutputPort, Optional<ObjectsFound>> objects;
    private final Counts counts;
    private final Clock clock;

    /** @param objects what was last found of a port's objects; empty: nobody has looked yet */
    public OutputPortStatusFactory(
            OfferLookup offers,
            TeamResolver teams,
            Function<OutputPort, Optional<ObjectsFound>> objects,
            Counts counts,
            Clock clock) {
        this.offers = offers;
        this.readiness = new PortReadiness(offers, teams);
        this.objects = objects;
        this.counts = counts;
        this.clock = clock;
    }

    OutputPortStatus status(OutputPort port) {
        List<Condition> before = Optional.ofNullable(port.getStatus())
                .map(OutputPortStatus::conditions)
                .orElse(List.of());
        Long generation = port.getMetadata().getGeneration();
        Conditions conditions = new Conditions(before, generation, clock.instant());
        addReady(conditions, port, before);
        @Nullable Offered offered = addNotices(conditions, port, before);
        return new OutputPortStatus(generation, counts.ofPort(port), offered, conditions.build());
    }

    /** What there is to know of the objects, ready or not; until somebody has looked, what was said of them stands. */
    private @Nullable Offered addNotices(Conditions conditions, OutputPort port, List<Condition> before) {
        @Nullable
        Offered remembered = port.getStatus() == null ? null : port.getStatus().offered();
        if (offers.offerOf(port) instanceof OfferLookup.Result.NoOffer) {
            return remembered;
        }
        Optional<ObjectsFound> found = objects.apply(port).filter(ObjectsFound::complete);
        if (found.isEmpty()) {
            OF_LOOKS.forEach(type -> Conditions.find(before, type)
                    .ifPresent(said -> conditions.add(type, said.status(), said.reason(), said.message())));
            return remembered;
        }
        Widening widening = Widening.of(port, remembered, found.get().whole());
        if (widening.message().isPresent()) {
            conditions.add(WIDENED, true, "ColumnsAdded", widening.message().get());
        } else if (!widening.unwatched().isEmpty()) {
            conditions.add(WIDENED, Condition.Status.Unknown, "TooManyColumns", widening.unwatchedMessage());
        }
        found.get()
                .notices()
                .forEach(notice -> conditions.add(notice.type().name(), true, notice.reason(), notice.message()));
        // an empty one is none: the API server makes null of what is applied without the parts that were applied
        // before, and refuses that
        return Optional.of(widening.offered())
                .filter(offered ->
                        offered.contract() != null || !offered.objects().isEmpty())
                .orElse(null);
    }

    private void addReady(Conditions conditions, OutputPort port, List<Condition> before) {
        Readiness said = readiness.of(port);
        if (!said.isReady()) {
            conditions.add("Ready", false, said.reason(), said.message());
        } else {
            addObjects(conditions, port, before);
        }
    }

    /** What the platform has of the objects; until somebody has looked, what was said of them stands. */
    private void addObjects(Conditions conditions, OutputPort port, List<Condition> before) {
        Optional<ObjectsFound> found = objects.apply(port);
        Optional<Condition> said =
                Conditions.find(before, "Ready").filter(condition -> OF_OBJECTS.contains(condition.reason()));
        Optional<ObjectsFound.Fault> fault = found.flatMap(ObjectsFound::fault);
        if (fault.isPresent()) {
            conditions.add(
                    "Ready", false, fault.get().reason().name(), fault.get().message());
        } else if (found.isEmpty() && said.isPresent()) {
            conditions.add("Ready", false, said.get().reason(), said.get().message());
        } else {
            conditions.add("Ready", true, "Offered", "the port can be asked for");
        }
    }
}

package dev.portcullis.engine.selection;

import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.port.RowFilter;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.offer.Offer;
import dev.portcullis.platform.Profile;
import dev.portcullis.platform.Selected;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who asks may ask for less than a port offers, and who approves may allow less than was asked for. Everybody narrows, and nobody widens: what is granted is
 * what the request, the port as it is now, and every approver let through.
 */
public final class Selections {
    private Selections() {}

    /**
     * What a request is for.
     *
     * @param select what it selects; null: all that is offered
     */
    public static Asked asked(Offer offer, @Nullable SelectedObjects select) {
        if (select == null) {
            return new Asked.Objects(offer.profile());
        }
        Selected selected = select(offer, offer.profile(), select, filters(offer));
        if (selected instanceof Selected.Ok ok) {
            return new Asked.Objects(ok.profile());
        }
        String port = offer.port().getMetadata().getName();
        if (selected instanceof Selected.Beyond beyond) {
            return new Asked.Impossible(
                    Problem.healing(
                            "SelectBeyondPort",
                            "spec.select names " + beyond.missing() + "; OutputPort " + port + " offers "
                                    + beyond.there()
                                    + ": request another agreement for that, as this one cannot be changed (delete it), or ask the provider to offer the rest"));
        }
        if (selected instanceof Selected.Unusable unusable) {
            return new Asked.Impossible(Problem.healing(
                    "RowFilterInvalid",
                    "spec.select names a row filter of OutputPort " + port + " that cannot be used: "
                            + unusable.message()));
        }
        return new Asked.Impossible(Problem.lasting(
                "SelectNotPossible",
                "OutputPort " + port + " cannot be asked for in part: " + ((Selected.Unsupported) selected).message()));
    }

    /**
     * Why what an approver selects does not fit a request: it names what was not asked for, or leaves nothing. A decision that cannot mean what it says must
     * not be taken.
     */
    public static Optional<Problem> misfit(Offer offer, Snapshot snapshot, SelectedObjects select) {
        Optional<Profile> request = offer.module().fromSnapshot(snapshot.objects());
        if (request.isEmpty()) {
            return Optional.of(nothingLeft());
        }
        Selected selected = select(offer, request.get(), select, filters(offer));
        if (selected instanceof Selected.Ok ok) {
            return offer.module().intersect(ok.profile(), offer.profile()).isPresent()
                    ? Optional.empty()
                    : Optional.of(nothingLeft());
        }
        if (selected instanceof Selected.Beyond beyond) {
            return Optional.of(Problem.healing(
                    "SelectBeyondRequest",
                    "select names " + beyond.missing() + "; it may name " + beyond.there()
                            + ": an approver allows some of what was asked for, and nothing else"));
        }
        if (selected instanceof Selected.Unusable unusable) {
            return Optional.of(Problem.healing(
                    "RowFilterInvalid", "select names a row filter that cannot be used: " + unusable.message()));
        }
        return Optional.of(Problem.healing(
                "SelectNotPossible",
                "a request on this kind of platform is approved whole: decide without select, or reject it"));
    }

    private static Problem nothingLeft() {
        return Problem.healing(
                "SelectLeavesNothing",
                "of what select names the port offers nothing any more: select something else, or reject the request");
    }

    /** The decision with the text of the row filter that it names: what an approver allowed is not what the port calls by that name later. */
    public static DecisionRecord pinned(Offer offer, DecisionRecord decision) {
        return Optional.ofNullable(decision.select()).map(SelectedObjects::rowFilter).stream()
                .flatMap(name ->
                        filters(offer).stream().filter(filter -> filter.name().equals(name)))
                .findFirst()
                .map(decision::with)
                .orElse(decision);
    }

    /** What the request asked for, whatever became of it since. */
    public static Optional<Profile> requested(Offer offer, Snapshot snapshot) {
        return offer.module().fromSnapshot(snapshot.objects());
    }

    /** What is left of a request: by the port as it is now, and by all who approved. Empty: nothing. */
    public static Optional<Profile> allowed(Offer offer, Snapshot snapshot, List<DecisionRecord> decisions) {
        Optional<Profile> request = requested(offer, snapshot);
        Optional<Profile> left = request;
        for (DecisionRecord decision : decisions) {
            SelectedObjects select = decision.select();
            if (select != null && decision.decision() == DecisionRecord.Verdict.approved) {
                Optional<Profile> allowed = request.flatMap(all -> allowed(offer, all, select, decision.rowFilter()));
                left = left.flatMap(
                        rest -> allowed.flatMap(some -> offer.module().common(rest, some)));
            }
        }
        return left.flatMap(rest -> offer.module().intersect(rest, offer.profile()));
    }

    /** Where the text of the filter was not kept, nobody knows what was allowed: nothing is. */
    private static Optional<Profile> allowed(
            Offer offer, Profile request, SelectedObjects select, @Nullable RowFilter pinned) {
        return select(offer, request, select, pinned == null ? List.of() : List.of(pinned)) instanceof Selected.Ok ok
                ? Optional.of(ok.profile())
                : Optional.empty();
    }

    private static Selected select(Offer offer, Profile objects, SelectedObjects select, List<RowFilter> filters) {
        return offer.module().select(objects, select, filters);
    }

    private static List<RowFilter> filters(Offer offer) {
        return offer.module().rowFilters(offer.profile());
    }
}

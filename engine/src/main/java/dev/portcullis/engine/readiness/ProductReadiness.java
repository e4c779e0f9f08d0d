package dev.portcullis.engine.readiness;

import dev.portcullis.api.product.DataProduct;
import dev.portcullis.engine.team.TeamResolution;
import dev.portcullis.engine.team.TeamResolver;

/** Says whether somebody offers a data product. */
public final class ProductReadiness {
    private final TeamResolver teams;

    public ProductReadiness(TeamResolver teams) {
        this.teams = teams;
    }

    public Readiness of(DataProduct product) {
        TeamResolution team = teams.resolve(
                product.getMetadata().getNamespace(), product.getSpec().team(), "spec.team");
        return team instanceof TeamResolution.Acting acting
                ? Readiness.ready(
                        "Accepted",
                        "offered by team " + acting.team().name() + "; lifecycle "
                                + product.getSpec().lifecycle()
                                + (product.getSpec().suspend() ? ", suspended" : ""))
                : Readiness.faulty(((TeamResolution.Unknown) team).problem());
    }
}

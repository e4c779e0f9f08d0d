package dev.portcullis.cli.plan;

import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.cli.report.PlanResult;
import java.util.Optional;

/**
 * A plan and what it leads to.
 *
 * @param after the world once the change has arrived; empty where the API server would refuse it
 */
public record Planned(PlanResult result, Optional<Settled> after) {}

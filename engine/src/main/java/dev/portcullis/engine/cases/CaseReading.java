package dev.portcullis.engine.cases;

import dev.portcullis.engine.manifest.Fault;
import java.util.List;

/**
 * What a file of cases says.
 *
 * @param faults what is wrong with it; the cases without a fault are there all the same
 */
public record CaseReading(List<PolicyCase> cases, List<Fault> faults) {}

package dev.portcullis.cli.test;

import dev.portcullis.cli.engine.EngineParts;
import dev.portcullis.engine.cases.CaseReader;
import dev.portcullis.engine.cases.CaseReading;
import dev.portcullis.engine.cases.CaseResult;
import dev.portcullis.engine.cases.CaseRunner;
import dev.portcullis.engine.cases.PolicyCase;
import dev.portcullis.engine.manifest.Fault;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What came of all cases in some places.
 *
 * @param files how many files have cases
 * @param results none where there are faults: what is half written would pass as a whole
 * @param unusedRules of the policies that cases name, as POLICY/RULE
 */
record TestRun(int files, List<CaseResult> results, List<Fault> faults, SortedSet<String> unusedRules) {
    private static final Pattern CASES = Pattern.compile("(?m)^[\"']?cases[\"']?\\s*:");
    private static final Pattern MANIFEST = Pattern.compile("(?m)^(- )?[\"']?kind[\"']?\\s*:");

    static TestRun of(List<Path> places, EngineParts parts) {
        CaseFolder folder = new CaseFolder();
        CaseReader reader = new CaseReader(folder, parts.expressions());
        List<CaseReading> readings = places.stream()
                .flatMap(place -> CaseFolder.yamlFiles(place).stream())
                .distinct()
                .filter(file -> hasCases(folder.text(file).orElse("")))
                .map(reader::read)
                .toList();
        // a file of policies that several files of cases name is read for each of them
        List<Fault> faults = readings.stream()
                .flatMap(reading -> reading.faults().stream())
                .distinct()
                .toList();
        if (!faults.isEmpty()) {
            return new TestRun(readings.size(), List.of(), faults, Collections.emptySortedSet());
        }
        CaseRunner runner = new CaseRunner(parts.modules(), parts.principals(), parts.expressions());
        List<CaseResult> results = readings.stream()
                .flatMap(reading -> reading.cases().stream())
                .map(runner::run)
                .toList();
        SortedSet<String> rules = new TreeSet<>();
        results.forEach(result -> rules.addAll(rulesOf(result.of())));
        results.forEach(result -> rules.removeAll(result.rules()));
        return new TestRun(readings.size(), results, faults, rules);
    }

    /** What is neither is read as cases, so that a slip of the pen is a fault and no test that nobody runs. */
    private static boolean hasCases(String text) {
        return CASES.matcher(text).find() || !MANIFEST.matcher(text).find();
    }

    private static List<String> rulesOf(PolicyCase one) {
        return one.policies().stream()
                .flatMap(policy -> policy.getSpec().rules().stream()
                        .map(rule -> policy.getMetadata().getName() + "/" + rule.name()))
                .toList();
    }

    boolean isEmpty() {
        return results.isEmpty() && faults.isEmpty();
    }

    long failures() {
        return results.stream().filter(result -> !result.hasPassed()).count();
    }
}

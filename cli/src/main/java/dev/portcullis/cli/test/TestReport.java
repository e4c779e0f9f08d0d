package dev.portcullis.cli.test;

import dev.portcullis.engine.cases.CaseResult;
import dev.portcullis.engine.manifest.Fault;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Tells people what came of cases: all that failed, and in the end how many there were. */
final class TestReport {
    private final Path here;
    private final PrintWriter out;

    /** @param here what files are named from */
    TestReport(Path here, PrintWriter out) {
        this.here = here;
        this.out = out;
    }

    void print(TestRun run) {
        for (Fault fault : run.faults()) {
            out.println(fault(fault));
        }
        for (CaseResult result : run.results()) {
            out.println(text(result));
        }
        if (!run.faults().isEmpty()) {
            out.println("no case was run: " + count(run.faults().size(), "fault") + " in " + count(run.files(), "file")
                    + " of cases");
            return;
        }
        if (!run.unusedRules().isEmpty()) {
            out.println("no case is decided by: " + String.join(", ", run.unusedRules()));
        }
        out.println(count(run.results().size(), "case") + " in " + count(run.files(), "file") + ", " + run.failures()
                + " failed");
    }

    private String text(CaseResult result) {
        return result.text().replace(result.of().place(), named(result.of().place()));
    }

    private String fault(Fault fault) {
        return new Fault(named(fault.file()), fault.line(), fault.message()).toString();
    }

    /** As seen from here, where that is shorter. */
    private String named(String place) {
        String below = here + "/";
        return place.startsWith(below) ? place.substring(below.length()) : place;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}

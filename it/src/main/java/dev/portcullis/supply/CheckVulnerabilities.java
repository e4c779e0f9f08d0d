package dev.portcullis.supply;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Looks the libraries of bills of materials up in advisories that are on this machine; see {@code dev/check-vulnerabilities --help}. Asks nobody. */
public final class CheckVulnerabilities {
    private static final int NONE = 0;
    private static final int FOUND = 1;
    private static final int NO_ANSWER = 2;

    private final PrintStream out;
    private final Clock clock;

    CheckVulnerabilities(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Ends with 0 where nothing is known, 1 where something is, and 2 where that cannot be said. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new CheckVulnerabilities(out, Clock.systemUTC()).run(args));
    }

    int run(String... args) {
        Deque<String> arguments = new ArrayDeque<>(List.of(args));
        try {
            Exemptions exemptions = Exemptions.NONE;
            if ("--exemptions".equals(arguments.peek())) {
                arguments.pop();
                exemptions = Exemptions.read(Path.of(next(arguments)));
            }
            AdvisoryData data = AdvisoryData.read(Path.of(next(arguments)));
            if (arguments.isEmpty()) {
                throw new MissingData("which bills of materials? Name at least one");
            }
            return check(data, arguments.stream().map(Path::of).toList(), exemptions);
        } catch (MissingData e) {
            out.println("no answer: " + e.getMessage());
            return NO_ANSWER;
        }
    }

    private int check(AdvisoryData data, List<Path> bills, Exemptions exemptions) {
        List<Library> libraries = bills.stream()
                .flatMap(bill -> BillOfMaterials.read(bill).libraries().stream())
                .map(library -> new Library(library.group(), library.name(), library.version(), List.of()))
                .distinct()
                .toList();
        FaultReport report = FaultReport.of(
                Fault.of(libraries, data.advisories()), exemptions, LocalDate.now(clock.withZone(ZoneOffset.UTC)));
        report.lines().forEach(out::println);
        out.printf(
                "%d libraries, %d advisories, the youngest of %s: %s%n",
                libraries.size(),
                data.advisories().size(),
                data.youngest(),
                report.clean() ? "nothing is known of them" : "something is to be mended");
        return report.clean() ? NONE : FOUND;
    }

    private static String next(Deque<String> arguments) {
        String next = arguments.poll();
        if (next == null) {
            throw new MissingData("say where the advisories are; dev/check-vulnerabilities --help tells more");
        }
        return next;
    }
}

package dev.portcullis.supply;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is told of the faults that were found: the lines, and whether any of them has to be mended. */
record FaultReport(List<String> lines, boolean clean) {
    FaultReport {
        lines = List.copyOf(lines);
    }

    /** The report of a day; exemptions count until their own last day. */
    static FaultReport of(List<Fault> faults, Exemptions exemptions, LocalDate today) {
        List<String> lines = new ArrayList<>();
        int open = 0;
        for (Fault fault : faults) {
            Optional<Exemptions.Exemption> exemption = exemptions.on(fault);
            boolean holds = exemption.filter(one -> !today.isAfter(one.until())).isPresent();
            lines.add((holds ? "exempt  " : "FAULT   ") + described(fault));
            exemption.ifPresent(one -> lines.add("        exempt until %s%s: %s"
                    .formatted(one.until(), holds ? "" : ", which is over", one.reason())));
            open += holds ? 0 : 1;
        }
        exemptions.all().stream()
                .filter(one -> faults.stream().noneMatch(one::isAbout))
                .forEach(one -> lines.add("note    the exemption of %s for %s is of no use any more: remove it"
                        .formatted(one.id(), one.library())));
        return new FaultReport(lines, open == 0);
    }

    private static String described(Fault fault) {
        return "%s %s: %s%s; %s"
                .formatted(
                        fault.library().coordinates(),
                        fault.library().version(),
                        String.join(", ", fault.names()),
                        fault.summary().isEmpty() ? "" : " (" + fault.summary() + ")",
                        fault.fix().map(fix -> "fixed in " + fix).orElse("no version is named that has it fixed"));
    }
}

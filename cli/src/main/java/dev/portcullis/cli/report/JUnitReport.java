package dev.portcullis.cli.report;

import dev.portcullis.cli.report.PlanResult.AgreementChange;
import dev.portcullis.cli.report.PlanResult.DecisionChange;
import dev.portcullis.cli.report.PlanResult.Trigger;
import dev.portcullis.engine.review.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan as test results: what makes the command fail is a failed test. */
public final class JUnitReport implements Renderer {
    private final Set<Trigger> triggers;

    public JUnitReport(Set<Trigger> triggers) {
        this.triggers = Set.copyOf(triggers);
    }

    /** @param failure why it has failed; absent: it has passed */
    private record Case(String suite, String name, @Nullable String failure, String output) {}

    @Override
    public String text(PlanResult plan) {
        List<Case> cases = new ArrayList<>();
        plan.faults()
                .forEach(fault ->
                        cases.add(new Case("manifests", fault.file() + ":" + fault.line(), fault.message(), "")));
        plan.objects()
                .forEach(finding -> cases.add(new Case(
                        "objects",
                        finding.about(),
                        finding.invalid() ? Sentences.of(finding) : null,
                        Sentences.of(finding))));
        plan.agreements().forEach(change -> cases.add(agreement(change)));
        plan.decisions().forEach(decision -> cases.add(decision(decision)));
        plan.platforms().forEach(platform -> {
            platform.refused()
                    .forEach(refused -> cases.add(new Case(
                            "grants on " + platform.platform(),
                            "not given: " + refused,
                            triggers.contains(Trigger.refused) ? refused : null,
                            refused)));
            platform.added()
                    .forEach(grant -> cases.add(new Case(
                            "grants on " + platform.platform(),
                            "added: " + grant.principal() + " " + grant.port(),
                            null,
                            lines(grant.objects()))));
            platform.removed()
                    .forEach(grant -> cases.add(new Case(
                            "grants on " + platform.platform(),
                            "removed: " + grant.principal() + " " + grant.port(),
                            triggers.contains(Trigger.revoke) ? "the access is taken away" : null,
                            lines(grant.objects()))));
            platform.changed()
                    .forEach(moved -> cases.add(new Case(
                            "grants on " + platform.platform(),
                            "changed: " + moved.principal() + " " + moved.port(),
                            triggers.contains(Trigger.revoke) && !moved.loses().isEmpty()
                                    ? "a part of the access is taken away"
                                    : null,
                            "gains " + lines(moved.gains()) + "\nloses " + lines(moved.loses()))));
        });
        plan.warnings()
                .forEach(warning -> cases.add(new Case(
                        "warnings",
                        warning.kind() + ": " + warning.about(),
                        triggers.contains(Trigger.warning) ? warning.message() : null,
                        warning.message())));
        long failures = cases.stream().filter(one -> one.failure() != null).count();
        StringBuilder out = new StringBuilder(
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"portcullis plan\" tests=\"")
                .append(cases.size())
                .append("\" failures=\"")
                .append(failures)
                .append("\" errors=\"0\" skipped=\"0\">\n");
        cases.forEach(one -> append(out, one));
        return out.append("  </testsuite>\n</testsuites>\n").toString();
    }

    private Case agreement(AgreementChange change) {
        Outcome outcome = change.outcome();
        boolean fails = outcome instanceof Outcome.Invalid
                || (outcome instanceof Outcome.Waiting && triggers.contains(Trigger.waiting))
                || (outcome instanceof Outcome.Rejected && triggers.contains(Trigger.reject))
                || (change.mayLose() != null && triggers.contains(Trigger.revoke));
        String words = Sentences.of(change)
                + Sentences.needs(outcome).stream()
                        .map(need -> "; needs " + Sentences.of(need))
                        .collect(Collectors.joining());
        return new Case("agreements", change.agreement() + " " + change.kind(), fails ? words : null, words);
    }

    private Case decision(DecisionChange change) {
        String words = change.outcome() + (change.message().isEmpty() ? "" : ": " + change.message());
        return new Case(
                "decisions",
                Sentences.place(change) + " " + change.verdict(),
                change.isRefused() && triggers.contains(Trigger.refused) ? words : null,
                words);
    }

    private static String lines(List<String> lines) {
        return String.join(", ", lines);
    }

    private static void append(StringBuilder out, Case one) {
        out.append("    <testcase classname=\"")
                .append(escaped(one.suite()))
                .append("\" name=\"")
                .append(escaped(one.name()))
                .append("\"");
        if (one.failure() == null && one.output().isEmpty()) {
            out.append("/>\n");
            return;
        }
        out.append(">\n");
        if (one.failure() != null) {
            out.append("      <failure message=\"")
                    .append(escaped(one.failure()))
                    .append("\"/>\n");
        }
        if (!one.output().isEmpty()) {
            out.append("      <system-out>").append(escaped(one.output())).append("</system-out>\n");
        }
        out.append("    </testcase>\n");
    }

    private static String escaped(String text) {
        return Printable.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

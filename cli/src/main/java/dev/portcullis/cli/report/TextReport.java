package dev.portcullis.cli.report;

import dev.portcullis.cli.report.PlanResult.AgreementChange;
import dev.portcullis.cli.report.PlanResult.DecisionChange;
import dev.portcullis.cli.report.PlanResult.Grant;
import dev.portcullis.cli.report.PlanResult.Moved;
import dev.portcullis.cli.report.PlanResult.PlatformChange;
import dev.portcullis.cli.report.PlanResult.Via;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.review.Printable;
import java.util.List;

/** A plan for terminals: headings at the beginning of a line, everything else indented, and what people wrote made printable. */
public final class TextReport implements Renderer {
    private static final String RESET = "\u001b[0m";

    private final boolean color;

    public TextReport(boolean color) {
        this.color = color;
    }

    private enum Paint {
        GOOD("\u001b[32m"),
        BAD("\u001b[31m"),
        CARE("\u001b[33m"),
        HEAD("\u001b[1m"),
        PLAIN("");

        private final String code;

        Paint(String code) {
            this.code = code;
        }
    }

    @Override
    public String text(PlanResult plan) {
        StringBuilder out = new StringBuilder();
        if (!plan.faults().isEmpty()) {
            heading(out, "Invalid: the API server would refuse this, so nothing else is planned");
            for (Fault fault : plan.faults()) {
                line(out, Paint.BAD, "  ", fault.toString());
            }
            return out.toString();
        }
        heading(out, "Plan: " + Sentences.summary(plan));
        if (!plan.objects().isEmpty()) {
            heading(out, "Objects");
            plan.objects()
                    .forEach(finding ->
                            line(out, finding.invalid() ? Paint.BAD : Paint.CARE, "  ! ", Sentences.of(finding)));
        }
        if (!plan.agreements().isEmpty()) {
            heading(out, "Agreements");
            plan.agreements().forEach(change -> agreement(out, change));
        }
        if (!plan.decisions().isEmpty()) {
            heading(out, "Decisions");
            plan.decisions().forEach(change -> decision(out, change));
        }
        plan.platforms().forEach(platform -> platform(out, platform));
        if (!plan.warnings().isEmpty()) {
            heading(out, "Warnings");
            plan.warnings()
                    .forEach(warning -> line(
                            out,
                            Paint.CARE,
                            "  ! ",
                            warning.kind() + " " + warning.about() + ": " + warning.message()));
        }
        if (!plan.notes().isEmpty()) {
            heading(out, "Taken for granted");
            plan.notes().forEach(note -> line(out, Paint.PLAIN, "  - ", note));
        }
        return out.toString();
    }

    private void agreement(StringBuilder out, AgreementChange change) {
        String sign = switch (change.kind()) {
            case Added -> "  + ";
            case Removed -> "  - ";
            case Changed -> "  ~ ";
        };
        line(
                out,
                paint(change.outcome()),
                sign,
                change.agreement() + " " + Sentences.of(change)
                        + (change.before() == null ? "" : " (was " + change.before() + ")"));
        line(out, Paint.PLAIN, "      ", change.port() + " for " + change.beneficiary());
        Sentences.needs(change.outcome()).forEach(need -> line(out, Paint.CARE, "      needs ", Sentences.of(need)));
    }

    private static Paint paint(Outcome outcome) {
        if (outcome instanceof Outcome.Approved) {
            return Paint.GOOD;
        }
        return outcome instanceof Outcome.Waiting ? Paint.CARE : Paint.BAD;
    }

    private void decision(StringBuilder out, DecisionChange change) {
        line(
                out,
                change.isRefused() ? Paint.BAD : change.outcome().equals("Taken") ? Paint.GOOD : Paint.CARE,
                "  + ",
                Sentences.place(change) + " " + change.verdict() + (change.by() == null ? "" : " by " + change.by())
                        + (change.via() == Via.Decision ? " on " + change.agreement() : "") + ": " + change.outcome()
                        + (change.message().isEmpty() ? "" : ", " + change.message()));
    }

    private void platform(StringBuilder out, PlatformChange platform) {
        heading(out, "Grants on " + platform.platform());
        platform.added().forEach(grant -> grant(out, Paint.GOOD, "  + ", grant));
        platform.changed().forEach(moved -> moved(out, moved));
        platform.removed().forEach(grant -> grant(out, Paint.BAD, "  - ", grant));
        platform.refused().forEach(refused -> line(out, Paint.CARE, "  ! not given: ", refused));
        if (!platform.sql().isEmpty()) {
            heading(out, "SQL on " + platform.platform());
            platform.sql().stream()
                    .flatMap(String::lines)
                    .forEach(statement -> line(out, Paint.PLAIN, "  ", statement));
        }
    }

    private void grant(StringBuilder out, Paint paint, String sign, Grant grant) {
        line(out, paint, sign, grant.principal() + " " + grant.port() + " (" + names(grant.agreements()) + ")");
        grant.objects().forEach(object -> line(out, Paint.PLAIN, "      ", object));
    }

    private void moved(StringBuilder out, Moved moved) {
        line(out, Paint.CARE, "  ~ ", moved.principal() + " " + moved.port() + " (" + names(moved.agreements()) + ")");
        moved.gains().forEach(object -> line(out, Paint.GOOD, "      + ", object));
        moved.loses().forEach(object -> line(out, Paint.BAD, "      - ", object));
    }

    private static String names(List<Name> names) {
        return String.join(", ", names.stream().map(Name::toString).toList());
    }

    private void heading(StringBuilder out, String words) {
        line(out, Paint.HEAD, "", words);
    }

    private void line(StringBuilder out, Paint paint, String prefix, String words) {
        boolean painted = color && paint != Paint.PLAIN;
        out.append(painted ? paint.code : "")
                .append(prefix)
                .append(Printable.line(words))
                .append(painted ? RESET : "")
                .append('\n');
    }
}

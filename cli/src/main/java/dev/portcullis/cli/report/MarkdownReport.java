package dev.portcullis.cli.report;

import dev.portcullis.api.FirstFew;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.cli.report.PlanResult.AgreementChange;
import dev.portcullis.cli.report.PlanResult.DecisionChange;
import dev.portcullis.cli.report.PlanResult.PlatformChange;
import dev.portcullis.engine.facts.Shortened;
import dev.portcullis.engine.review.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A plan as a comment on a pull request. Whatever anybody wrote stands in code: there it is no markup, no link and mentions nobody. The whole is bounded, as comments are.
 */
public final class MarkdownReport implements Renderer {
    /** In characters; code hosts take 65,536 and more. */
    private static final int LONGEST = 60_000;

    private static final int MOST_ITEMS = 100;
    private static final int LONGEST_TEXT = 600;
    private static final Pattern TICKS = Pattern.compile("`+");
    private static final Set<String> WORDS =
            Arrays.stream(Verdict.values()).map(Verdict::name).collect(Collectors.toUnmodifiableSet());

    @Override
    public String text(PlanResult plan) {
        StringBuilder out = new StringBuilder("## Portcullis plan\n\n");
        if (!plan.faults().isEmpty()) {
            out.append("**Invalid**: the API server would refuse this, so nothing else is planned.\n\n");
            list(out, plan.faults(), fault -> code(fault.toString()));
            return bounded(out);
        }
        out.append(Sentences.summary(plan)).append("\n\n");
        section(
                out,
                "Warnings",
                plan.warnings(),
                warning ->
                        ":warning: " + warning.kind() + " " + code(warning.about()) + ": " + code(warning.message()));
        section(
                out,
                "Objects",
                plan.objects(),
                finding -> (finding.invalid() ? ":x: " : "") + code(Sentences.of(finding)));
        section(out, "Agreements", plan.agreements(), MarkdownReport::agreement);
        section(
                out,
                "Decisions",
                plan.decisions(),
                decision -> code(Sentences.place(decision)) + " "
                        + verdict(decision) + (decision.by() == null ? "" : " by " + code(decision.by())) + " on "
                        + code(decision.agreement().toString()) + ": " + decision.outcome()
                        + (decision.message().isEmpty() ? "" : ", " + code(decision.message())));
        plan.platforms().forEach(platform -> platform(out, platform));
        section(out, "Taken for granted", plan.notes(), MarkdownReport::code);
        return bounded(out);
    }

    /** In an annotation anybody may have written any word. */
    private static String verdict(DecisionChange decision) {
        return WORDS.contains(decision.verdict()) ? decision.verdict() : code(decision.verdict());
    }

    private static String agreement(AgreementChange change) {
        return "**" + change.kind() + "** " + code(change.agreement().toString()) + " "
                + code(Sentences.of(change))
                + (change.before() == null ? "" : ", was " + change.before()) + "<br>"
                + code(change.port().toString())
                + " for " + code(change.beneficiary())
                + Sentences.needs(change.outcome()).stream()
                        .map(need -> "<br>needs " + code(Sentences.of(need)))
                        .collect(Collectors.joining());
    }

    private static void platform(StringBuilder out, PlatformChange platform) {
        out.append("### Grants on ").append(code(platform.platform())).append("\n\n");
        list(
                out,
                platform.added(),
                grant -> ":heavy_plus_sign: " + code(grant.principal()) + " "
                        + code(grant.port().toString()) + objects(grant.objects()) + by(grant.agreements()));
        list(
                out,
                platform.changed(),
                moved -> code(moved.principal()) + " " + code(moved.port().toString())
                        + (moved.gains().isEmpty() ? "" : "<br>gains" + objects(moved.gains()))
                        + (moved.loses().isEmpty() ? "" : "<br>loses" + objects(moved.loses()))
                        + by(moved.agreements()));
        list(
                out,
                platform.removed(),
                grant -> ":heavy_minus_sign: " + code(grant.principal()) + " "
                        + code(grant.port().toString()) + objects(grant.objects()) + by(grant.agreements()));
        list(out, platform.refused(), refused -> "not given: " + code(refused));
        if (!platform.sql().isEmpty()) {
            String sql = platform.sql().stream()
                    .flatMap(String::lines)
                    .map(Printable::line)
                    .collect(Collectors.joining("\n"));
            if (out.length() + sql.length() > LONGEST / 2) {
                out.append("The statements are too long for a comment: `portcullis plan --sql` shows them.\n\n");
            } else {
                String fence = "`".repeat(Math.max(3, longestTicks(sql) + 1));
                out.append("<details><summary>SQL</summary>\n\n")
                        .append(fence)
                        .append("sql\n")
                        .append(sql)
                        .append('\n')
                        .append(fence)
                        .append("\n\n</details>\n\n");
            }
        }
    }

    private static String objects(List<String> objects) {
        return " " + FirstFew.of(20, objects.stream().map(MarkdownReport::code).toList());
    }

    private static String by(List<Name> agreements) {
        return agreements.isEmpty()
                ? ""
                : " ("
                        + FirstFew.of(
                                5,
                                agreements.stream()
                                        .map(name -> code(name.toString()))
                                        .toList()) + ")";
    }

    private static <T> void section(StringBuilder out, String title, List<T> items, Function<T, String> text) {
        if (!items.isEmpty()) {
            out.append("### ").append(title).append("\n\n");
            list(out, items, text);
        }
    }

    private static <T> void list(StringBuilder out, List<T> items, Function<T, String> text) {
        for (T item : items.subList(0, Math.min(items.size(), MOST_ITEMS))) {
            String line = "- " + text.apply(item) + "\n";
            if (out.length() + line.length() > LONGEST - 500) {
                out.append("- and more than a comment holds: `portcullis plan` shows all of it\n");
                break;
            }
            out.append(line);
        }
        if (items.size() > MOST_ITEMS) {
            out.append("- and ").append(items.size() - MOST_ITEMS).append(" more\n");
        }
        if (!items.isEmpty()) {
            out.append('\n');
        }
    }

    private static String bounded(StringBuilder out) {
        return out.length() <= LONGEST ? out.toString() : out.substring(0, LONGEST) + "\n\n…\n";
    }

    /** A text that is nothing but a text, in one line: no code span ends inside of it. */
    static String code(String text) {
        String line = Shortened.to(LONGEST_TEXT, Printable.line(text)).strip();
        if (line.isEmpty()) {
            return "";
        }
        String fence = "`".repeat(longestTicks(line) + 1);
        return fence + " " + line + " " + fence;
    }

    private static int longestTicks(String text) {
        return TICKS.matcher(text)
                .results()
                .mapToInt(run -> run.end() - run.start())
                .max()
                .orElse(0);
    }
}

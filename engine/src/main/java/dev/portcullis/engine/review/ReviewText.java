package dev.portcullis.engine.review;

import dev.portcullis.api.agreement.Phase;
import dev.portcullis.engine.review.Review.Earlier;
import dev.portcullis.engine.review.Review.Holder;
import dev.portcullis.engine.review.Review.Missing;
import dev.portcullis.engine.review.Review.Name;
import dev.portcullis.engine.review.Review.Person;
import dev.portcullis.engine.review.Review.PolicyView;
import dev.portcullis.engine.review.Review.RuleView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A review for terminals. Headings stand at the beginning of a line, and nothing else does: what people wrote is indented, made printable, and broken by us before a
 * terminal breaks it, so that no purpose can look like a line of the review.
 */
public final class ReviewText {
    private static final int WIDTH = 100;
    private static final String INDENT = "  ";
    /** Before each line of a text that somebody wrote. */
    private static final String QUOTED = "  | ";

    private final List<String> lines = new ArrayList<>();

    private ReviewText() {}

    /** The review in lines, without one that ends the last. */
    public static String of(Review review) {
        ReviewText text = new ReviewText();
        text.asked(review);
        text.parties(review.parties());
        text.dates(review.dates(), review.phase());
        text.deciding(review);
        text.policies(review.policies());
        text.access(review.access());
        return String.join("\n", text.lines);
    }

    private void asked(Review review) {
        Review.Asked asked = review.asked();
        heading("Agreement " + name(review.agreement()) + ", " + review.phase());
        heading("Asks for " + name(asked.port()));
        value("data product", asked.product());
        value("platform", asked.platform());
        value("personal data", asked.containsPii() == null ? null : asked.containsPii() ? "YES" : "no");
        quoted("description", asked.description());
        heading("Purpose");
        quote(asked.purpose());
        asked.answers().forEach((question, answer) -> quoted("answer to " + question, answer));
        asked.accepted().forEach((terms, revision) -> value("accepts " + terms, "revision " + revision));
        if (!asked.objects().isEmpty()) {
            heading(
                    asked.isAllOfIt()
                            ? "Objects: all that the port offers"
                            // where nobody knows what it offers, nothing is said of it
                            : asked.offered().isEmpty() ? "Objects" : "Objects that are asked for");
            asked.objects().forEach(this::item);
            if (!asked.isAllOfIt() && !asked.offered().isEmpty()) {
                heading("The port offers now");
                asked.offered().forEach(this::item);
            }
        }
    }

    private void parties(Review.Parties parties) {
        heading(parties.requester() == null ? "Requested by nobody known" : "Requested by");
        if (parties.requester() != null) {
            item(person(parties.requester()));
        }
        value("written by", parties.writtenBy());
        heading("For");
        if (parties.people().stream().noneMatch(person -> person.user().equals(parties.beneficiary()))) {
            item(parties.beneficiary());
        }
        parties.people().forEach(person -> item(person(person)));
        if (parties.peopleInAll() == null) {
            item("its team does not say who belongs to it");
        } else if (parties.peopleInAll() > parties.people().size()) {
            item("and " + (parties.peopleInAll() - parties.people().size()) + " more");
        }
        value("team that asks", parties.consumerTeam());
        value("team that offers", parties.providerTeam());
    }

    private void dates(Review.@Nullable Dates dates, Phase phase) {
        if (dates == null) {
            return;
        }
        heading("Time");
        value("from", dates.start() == null ? "the approval on" : dates.start());
        value("asked until, or how long", dates.askedEnd() == null ? "no end" : dates.askedEnd());
        String end = dates.endsIfApprovedNow() == null ? "never" : dates.endsIfApprovedNow();
        switch (phase) {
            case Invalid, Requested -> value("ends, if approved now", end);
            case Upcoming, Provisioning, Active, Suspended -> value("ends", end);
            case Cancelled, Rejected, Revoked, Expired -> {
                // nobody approves it any more, and when it ended is not among what was asked
            }
        }
        value("expires unanswered", dates.expiresUnanswered());
        dates.limits().forEach(this::item);
    }

    private void deciding(Review review) {
        heading("Decision");
        value("nobody can decide now", review.problem());
        Review.Deciding deciding = review.deciding();
        if (deciding != null) {
            value("rule", deciding.rule());
            value("only recorded decisions count", deciding.recorded() ? "yes" : null);
            deciding.given()
                    .forEach(given ->
                            decided(given.decision() + " by " + given.by() + " at " + given.at(), given.reason()));
            deciding.missing().forEach(missing -> item(missing(missing)));
        }
        value("request", review.request());
    }

    private void policies(List<PolicyView> policies) {
        heading("Policies: " + (policies.isEmpty() ? "none looked at" : policies.size()));
        for (PolicyView policy : policies) {
            item(policy.policy() + " (" + policy.mode() + "): "
                    + (policy.isAboutThePort() ? "" : "not about this port")
                    + (policy.applies() == null
                            ? policy.isAboutThePort() ? "nothing kept of it" : ""
                            : "rule " + policy.applies().rule() + " applies: "
                                    + policy.applies().effect())
                    + (policy.isAnotherNow()
                            ? "; it says something else now, which changes nothing of this request"
                            : ""));
            policy.rules().forEach(this::rule);
        }
    }

    private void rule(RuleView rule) {
        wrapped(
                INDENT + INDENT + "- ",
                rule.rule() + " " + rule.finding() + (rule.why() == null ? "" : ": " + rule.why()));
        wrapped(INDENT + INDENT + "  | ", rule.when());
    }

    private void access(Review.Access access) {
        heading("Has the access already: " + access.holdersInAll());
        for (Holder holder : access.holders()) {
            item(holder.beneficiary() + " of " + (holder.team() == null ? "no known team" : "team " + holder.team())
                    + ", since " + holder.since() + " by rule " + holder.rule() + " (" + name(holder.agreement())
                    + ")");
        }
        more(access.holdersInAll() - access.holders().size());
        heading("Refused or taken back before, of the same team or beneficiary: " + access.earlierInAll());
        for (Earlier earlier : access.earlier()) {
            decided(
                    earlier.decision() + " by " + earlier.by() + " at " + earlier.at() + ", for "
                            + earlier.beneficiary() + " (" + name(earlier.agreement()) + ")",
                    earlier.reason());
        }
        more(access.earlierInAll() - access.earlier().size());
    }

    private static String missing(Missing missing) {
        return "needs " + missing.count() + (missing.count() == 1 ? " approval of " : " approvals of ")
                + missing.whose()
                + (missing.mayBeGivenBy().isEmpty() ? "" : ": " + String.join(", ", missing.mayBeGivenBy()));
    }

    private static String person(Person person) {
        return person.user() + ": "
                + (person.attributes().isEmpty() ? "no attributes" : attributes(person.attributes()))
                + (person.teams().isEmpty() ? ", in no team" : ", in " + String.join(", ", person.teams()));
    }

    private static String attributes(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String name(Name name) {
        return name.namespace() + "/" + name.name();
    }

    private void heading(String words) {
        lines.add(Printable.line(words));
    }

    private void item(String words) {
        wrapped(INDENT + "- ", words);
    }

    private void value(String name, @Nullable Object value) {
        if (value != null) {
            wrapped(INDENT, name + ": " + value);
        }
    }

    /** A decision is shown whether or not somebody said why. */
    private void decided(String words, @Nullable String reason) {
        item(reason == null ? words : words + ":");
        if (reason != null) {
            quote(reason);
        }
    }

    private void quoted(String name, @Nullable String text) {
        if (text != null) {
            wrapped(INDENT, name + ":");
            quote(text);
        }
    }

    private void quote(String text) {
        wrapped(QUOTED, text);
    }

    private void more(int others) {
        if (others > 0) {
            item("and " + others + " more");
        }
    }

    /** Lines that no terminal breaks; all but the first begin where the words of the first do. */
    private void wrapped(String prefix, String words) {
        String printable = Printable.line(words);
        int room = WIDTH - prefix.length();
        boolean isFirst = true;
        for (int at = 0; isFirst || at < printable.length(); isFirst = false) {
            int end = at + room >= printable.length() ? printable.length() : breakBefore(printable, at, at + room);
            lines.add((isFirst || prefix.endsWith("| ") ? prefix : " ".repeat(prefix.length()))
                    + printable.substring(at, end).stripTrailing());
            at = end;
        }
    }

    /** After the last space that leaves most of the line in use; else in the middle of a word, not of a character. */
    private static int breakBefore(String text, int from, int most) {
        int space = text.lastIndexOf(' ', most - 1);
        if (space > from + (most - from) / 2) {
            return space + 1;
        }
        return Character.isLowSurrogate(text.charAt(most)) ? most - 1 : most;
    }
}

package dev.portcullis.operator.grant;

import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import dev.portcullis.engine.claim.Ask;
import dev.portcullis.platform.Entitlement;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.Way;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of which agreements it is still to be found out how else their data can be read. Whatever comparisons ask is answered once, in pieces, those first that have
 * ended: they are owed an answer until there is one, the others are asked for anew by the next comparison. Used by one thread.
 */
final class OtherWays {
    /** Entitlements of one search, so that it stays short: 20,000 take some tenths of a second. */
    static final int MOST_AT_ONCE = 20_000;

    /** Deleted agreements that are remembered only here. */
    static final int MOST_DELETED = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(OtherWays.class);

    private final PlatformModule module;
    private final int mostAtOnce;

    /** By agreement. */
    private final Map<String, Question> open = new LinkedHashMap<>();

    /** Those that have ended and could not be looked at: asked again when everything is compared. */
    private final Map<String, Question> owed = new LinkedHashMap<>();

    /** Deleted agreements that have their answer and are still there. */
    private final Set<String> done = new HashSet<>();

    private boolean justStarted = true;

    OtherWays(PlatformModule module) {
        this(module, MOST_AT_ONCE);
    }

    OtherWays(PlatformModule module, int mostAtOnce) {
        this.module = module;
        this.mostAtOnce = mostAtOnce;
    }

    /**
     * How the entitlements of one agreement can be read otherwise.
     *
     * @param agreed those that somebody is to have
     * @param ended those that nobody is to have any more
     */
    record Question(Ask ask, Set<Entitlement> agreed, Set<Entitlement> ended) {
        boolean isOfDeleted() {
            return ask.access() instanceof Access.NotWanted notWanted && notWanted.deleted();
        }

        private boolean isOfEnded() {
            return ask.access() instanceof Access.NotWanted;
        }

        private int size() {
            return agreed.size() + ended.size();
        }

        /** Of all its principals together; as long as one of them could not be looked at, nothing is known. */
        private Optional<List<Way>> answer(Map<Entitlement, List<Way>> found) {
            return found.keySet().containsAll(agreed) && found.keySet().containsAll(ended)
                    ? Optional.of(Stream.concat(agreed.stream(), ended.stream())
                            .distinct()
                            .flatMap(one -> found.getOrDefault(one, List.of()).stream())
                            .distinct()
                            .sorted()
                            .toList())
                    : Optional.empty();
        }
    }

    /** @param ways in order; empty: there is none */
    record Answer(Question question, List<Way> ways) {}

    /** What is asked at once. */
    record Piece(List<Question> questions) {
        Set<Entitlement> agreed() {
            return all(Question::agreed);
        }

        Set<Entitlement> ended() {
            return all(Question::ended);
        }

        private Set<Entitlement> all(Function<Question, Set<Entitlement>> which) {
            return questions.stream().map(which).flatMap(Collection::stream).collect(Collectors.toSet());
        }
    }

    /** Takes note of what a comparison makes worth asking. */
    void note(Comparison.Outcome outcome, List<ReportFactory.Reported> reports, Instant now) {
        Set<String> missed = justStarted && outcome.isFull() ? Endings.notLongAgo(outcome.asks(), now) : Set.of();
        reports.forEach(reported -> {
            Ask ask = reported.ask();
            String uid = ask.uid();
            boolean isOwed = isOwed(uid) || missed.contains(uid);
            Optional<Question> question = question(ask, reported.report(), outcome.wanted(), isOwed);
            owed.remove(uid);
            question.ifPresentOrElse(one -> open.put(uid, one), () -> open.remove(uid));
        });
        if (outcome.isFull()) {
            justStarted = false;
            Set<String> there = outcome.asks().stream().map(Ask::uid).collect(Collectors.toSet());
            owed.forEach(open::putIfAbsent);
            owed.clear();
            open.values()
                    .removeIf(one ->
                            !one.isOfDeleted() && !there.contains(one.ask().uid()));
            done.retainAll(there);
            forgetTheOldest();
        }
    }

    private boolean isOwed(String uid) {
        return owed.containsKey(uid)
                || Optional.ofNullable(open.get(uid))
                        .filter(Question::isOfEnded)
                        .isPresent();
    }

    private Optional<Question> question(Ask ask, GrantReport report, Set<Entitlement> wanted, boolean isOwed) {
        Map<Boolean, Set<Entitlement>> byWanted = concerned(ask, report, isOwed)
                .collect(Collectors.partitioningBy(wanted::contains, Collectors.toUnmodifiableSet()));
        Set<Entitlement> agreed = byWanted.getOrDefault(true, Set.of());
        // what an agreement wants and is not to have is nothing to say anything of
        Set<Entitlement> ended =
                ask.access() instanceof Access.Wanted ? Set.of() : byWanted.getOrDefault(false, Set.of());
        return agreed.isEmpty() && ended.isEmpty() ? Optional.empty() : Optional.of(new Question(ask, agreed, ended));
    }

    private Stream<Entitlement> concerned(Ask ask, GrantReport report, boolean isOwed) {
        if (ask.access() instanceof Access.Wanted) {
            return ask.entitlements().stream();
        }
        // before it is gone there is another trouble to tell of
        return report.isGone() && !done.contains(ask.uid()) ? Endings.of(ask, module, isOwed).stream() : Stream.of();
    }

    private void forgetTheOldest() {
        List<String> deleted = open.values().stream()
                .filter(Question::isOfDeleted)
                .map(one -> one.ask().uid())
                .toList();
        if (deleted.size() > MOST_DELETED) {
            List<String> forgotten = deleted.subList(0, deleted.size() - MOST_DELETED);
            LOG.warn("how else the data of {} deleted agreements can be read was not found out", forgotten.size());
            forgotten.forEach(open::remove);
        }
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** What to ask next. It is open no more: what of it cannot be found out is said by {@link #answered}. */
    Piece next() {
        List<Question> inOrder = open.values().stream()
                .sorted(Comparator.comparing((Question one) -> !one.isOfEnded()))
                .toList();
        List<Question> questions = new ArrayList<>();
        int size = 0;
        for (Question one : inOrder) {
            if (!questions.isEmpty() && size + one.size() > mostAtOnce) {
                break;
            }
            questions.add(one);
            size += one.size();
        }
        questions.forEach(one -> open.remove(one.ask().uid()));
        return new Piece(List.copyOf(questions));
    }

    /** The answers that were found; whoever has ended and has none is owed it. */
    List<Answer> answered(Piece piece, Map<Entitlement, List<Way>> found) {
        List<Answer> answers = new ArrayList<>();
        for (Question one : piece.questions()) {
            Optional<List<Way>> answer = one.answer(found);
            answer.ifPresent(ways -> answers.add(new Answer(one, ways)));
            if (answer.isEmpty() && one.isOfEnded()) {
                owed.put(one.ask().uid(), one);
            } else if (one.isOfDeleted()) {
                done.add(one.ask().uid());
            }
        }
        return answers;
    }
}

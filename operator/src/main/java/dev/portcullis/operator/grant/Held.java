package dev.portcullis.operator.grant;

import dev.portcullis.api.FirstFew;
import dev.portcullis.engine.time.Times;
import dev.portcullis.platform.Fingerprint;
import dev.portcullis.platform.Holding;
import dev.portcullis.platform.Scope;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the brake holds back.
 *
 * @param holdings all of it
 * @param since when it began to hold: the same set held another time is another matter, that an earlier confirmation says nothing about
 */
public record Held(Set<Holding> holdings, Instant since) {
    static final Held NOTHING = new Held(Set.of(), Instant.EPOCH);

    private static final int LISTED = 20;
    private static final int CODE_DIGITS = 12;

    public Held {
        holdings = Set.copyOf(holdings);
    }

    public boolean isNothing() {
        return holdings.isEmpty();
    }

    boolean isConfirmedBy(String code) {
        return !isNothing() && code().equals(code);
    }

    /** What is held after another comparison of the scope. */
    Held next(Scope scope, Set<Holding> inScope, Instant now) {
        Set<Holding> all = holdings.stream()
                .filter(holding -> !scope.covers(holding.port().uid()))
                .collect(Collectors.toCollection(HashSet::new));
        all.addAll(inScope);
        return all.isEmpty() ? NOTHING : new Held(all, isNothing() ? now : since);
    }

    /** What a person is asked to confirm with: another one as soon as anything of it changes. */
    public String code() {
        String all = Stream.concat(
                        Stream.of(Times.text(since)),
                        holdings.stream()
                                .map(holding -> holding.port().uid() + "\n" + holding.reference() + "\n"
                                        + holding.principal().name())
                                .sorted())
                .collect(Collectors.joining("\n\n"));
        return Fingerprint.ofText(all).hex(CODE_DIGITS);
    }

    /** The first of them, for people. */
    public String list() {
        List<String> all = holdings.stream()
                .map(holding -> holding.principal().name() + " by " + holding.reference() + " (port "
                        + holding.port().namespace() + "/" + holding.port().name() + ")")
                .sorted()
                .toList();
        return FirstFew.of(LISTED, all);
    }
}

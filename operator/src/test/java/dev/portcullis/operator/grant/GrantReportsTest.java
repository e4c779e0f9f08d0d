package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.engine.access.Access;
import dev.portcullis.engine.access.GrantReport;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class GrantReportsTest {
    private static final int MANY = 300_000;

    private final GrantReports reports = new GrantReports();
    private final GrantReport report =
            new GrantReport(new Access.NotWanted(false, true), Set.of(), List.of(), Optional.empty());

    @Test
    void theSameAgainIsNoNews() {
        assertThat(reports.put("warehouse", "a", report)).isTrue();
        assertThat(reports.put("warehouse", "a", report)).isFalse();
        reports.remove("a");
        assertThat(reports.put("warehouse", "a", report)).isTrue();
    }

    /** Else nobody would ever look at it. */
    @Test
    void whatWasRemovedMeanwhileIsNews() throws Exception {
        AtomicBoolean isDone = new AtomicBoolean();
        CompletableFuture<Integer> removals = CompletableFuture.supplyAsync(() -> {
            int removed = 0;
            while (!isDone.get()) {
                if (reports.find("a").isPresent()) {
                    reports.remove("a");
                    removed++;
                }
            }
            return removed;
        });
        int news = 0;
        for (int i = 0; i < MANY; i++) {
            news += reports.put("warehouse", "a", report) ? 1 : 0;
        }
        isDone.set(true);

        int removed = removals.get();
        assertThat(news).isEqualTo(removed + (reports.find("a").isPresent() ? 1 : 0));
    }
}

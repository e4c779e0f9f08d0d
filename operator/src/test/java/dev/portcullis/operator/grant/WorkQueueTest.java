package dev.portcullis.operator.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.platform.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
    private static final Scope NOTHING = new Scope.Ports(Set.of());

    private final WorkQueue queue = new WorkQueue();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        queue.close();
        threads.shutdownNow();
    }

    @Test
    void everythingComesFirstAndTakesEarlierMarksAlong() throws Exception {
        queue.mark("a");
        queue.tryAgain(List.of("b"), Duration.ZERO);

        assertThat(take()).isEqualTo(new Scope.Everything());
        queue.mark("c");
        assertThat(take()).isEqualTo(ports("c"));
    }

    @Test
    void marksThatComeCloseTogetherAreTakenTogether() throws Exception {
        take();
        queue.mark("a");
        queue.mark("b");
        queue.mark("a");

        assertThat(take()).isEqualTo(ports("a", "b"));
    }

    @Test
    void whoeverComesToWaitsForManyOthersAndNobodysEndWaitsForThem() throws Exception {
        AtomicLong clock = new AtomicLong();
        WorkQueue flooded = flooded(clock);
        flooded.markNew("b");

        flooded.mark("c");

        assertThat(flooded.take()).as("at once, and alone").isEqualTo(new Work.Compare(ports("c")));
        flooded.granted(0);
        flooded.mark("d");
        assertThat(flooded.take()).as("the others still wait").isEqualTo(new Work.Compare(ports("d")));
        clock.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(flooded.take()).as("no more came").isEqualTo(new Work.Compare(ports("b")));
    }

    @Test
    void whileACrowdComesNothingIsSearchedFor() throws Exception {
        AtomicLong clock = new AtomicLong();
        WorkQueue flooded = flooded(clock);
        flooded.searchWithin(Duration.ZERO);
        flooded.markNew("b");
        CompletableFuture<Work> next = CompletableFuture.supplyAsync(() -> work(flooded), threads);

        clock.addAndGet(Duration.ofSeconds(5).toNanos());
        flooded.markNew("c");

        assertThat(next.get(5, TimeUnit.SECONDS)).isEqualTo(new Work.Compare(ports("b", "c")));
        assertThat(flooded.take()).isEqualTo(new Work.Search());
    }

    /** One search takes as much of the server for one agreement as for a thousand. */
    @Test
    void norBetweenTwoComparisonsOfACrowd() throws Exception {
        AtomicLong clock = new AtomicLong();
        WorkQueue flooded = flooded(clock);
        flooded.searchWithin(Duration.ZERO);
        CompletableFuture<Work> next = CompletableFuture.supplyAsync(() -> work(flooded), threads);

        for (int i = 0; i < 4; i++) {
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
            flooded.follow();
        }
        flooded.markNew("b");
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        flooded.markNew("c");

        assertThat(next.get(5, TimeUnit.SECONDS)).isEqualTo(new Work.Compare(ports("b", "c")));
    }

    @Test
    void whereNobodyFollowsItIsSearchedAtOnce() throws Exception {
        queue.take();
        queue.markNew("a");
        queue.take();
        queue.granted(1);
        queue.searchWithin(Duration.ZERO);
        CompletableFuture<Work> next = CompletableFuture.supplyAsync(() -> work(queue), threads);

        assertThat(next.get(1, TimeUnit.SECONDS)).isEqualTo(new Work.Search());
    }

    /** One that has just given something to a thousand; each look at its clock takes a millisecond. */
    private static WorkQueue flooded(AtomicLong clock) throws InterruptedException {
        WorkQueue flooded =
                new WorkQueue(() -> clock.addAndGet(Duration.ofMillis(1).toNanos()));
        flooded.take();
        flooded.markNew("a");
        assertThat(flooded.take()).isEqualTo(new Work.Compare(ports("a")));
        flooded.granted(1000);
        return flooded;
    }

    private static Work work(WorkQueue queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void endsThatNeverEndDoNotPutOffWhoeverComesTo() throws Exception {
        AtomicLong clock = new AtomicLong();
        WorkQueue busy =
                new WorkQueue(() -> clock.addAndGet(Duration.ofMillis(1).toNanos()));
        busy.take();
        busy.markNew("a");
        clock.addAndGet(Duration.ofMillis(5).toNanos());

        busy.mark("b");

        assertThat(busy.take()).isEqualTo(new Work.Compare(ports("a", "b")));
    }

    @Test
    void whatIsToBeTriedLaterIsNotTriedWithWhatIsToBeTriedSooner() throws Exception {
        take();
        queue.tryAgain(List.of("later"), Duration.ofMinutes(1));
        queue.tryAgain(List.of("sooner"), Duration.ZERO);

        assertThat(take()).isEqualTo(ports("sooner"));
    }

    @Test
    void aMarkThatComesWhileGatheringIsGatheredToo() throws Exception {
        take();
        // the only order that can be forced: the consumer waits before the first mark
        CompletableFuture<Scope> taken = taking();
        queue.mark("a");
        queue.mark("b");

        Set<String> seen = new HashSet<>(((Scope.Ports) taken.get(5, TimeUnit.SECONDS)).uids());
        if (!seen.contains("b")) {
            seen.addAll(((Scope.Ports) take()).uids());
        }
        assertThat(seen).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aMarkDuringAComparisonIsWorkForTheNextOne() throws Exception {
        take();
        queue.mark("a");
        assertThat(take()).isEqualTo(ports("a"));

        queue.mark("a");

        assertThat(take()).isEqualTo(ports("a"));
    }

    @Test
    void aMarkDuringAFullComparisonIsNotSwallowedByIt() throws Exception {
        assertThat(take()).isEqualTo(new Scope.Everything());
        queue.mark("a");
        queue.everythingWithin(Duration.ofMinutes(5));

        assertThat(take()).isEqualTo(ports("a"));
    }

    @Test
    void portsInTroubleComeAgainWithWhatElseThereIs() throws Exception {
        take();
        queue.tryAgain(List.of("a", "b"), Duration.ofMillis(20));

        assertThat(take()).isEqualTo(ports("a", "b"));
    }

    @Test
    void whatIsTriedAgainLaterDelaysNoMark() throws Exception {
        take();
        queue.tryAgain(List.of("a"), Duration.ofHours(1));
        queue.tryAgain(List.of(), Duration.ZERO);
        queue.mark("b");

        assertThat(take()).isEqualTo(ports("b"));
    }

    @Test
    void theEarlierTimeForEverythingCounts() throws Exception {
        take();
        queue.everythingWithin(Duration.ofMillis(10));
        queue.everythingWithin(Duration.ofHours(1));

        assertThat(take()).isEqualTo(new Scope.Everything());
    }

    @Test
    void aLookIsNotPutOffByMarksThatNeverEnd() throws Exception {
        take();
        queue.lookWithin(Duration.ZERO);
        queue.mark("a");

        assertThat(queue.take()).isEqualTo(new Work.Look());
        assertThat(take()).isEqualTo(ports("a"));
        queue.everythingWithin(Duration.ofMillis(5));
        assertThat(take()).as("one look only").isEqualTo(new Scope.Everything());
    }

    @Test
    void aSearchIsForWhenNothingElseIsToDo() throws Exception {
        take();
        queue.searchWithin(Duration.ZERO);
        queue.searchWithin(Duration.ofMinutes(1));
        queue.mark("a");
        queue.lookWithin(Duration.ZERO);

        assertThat(queue.take()).isEqualTo(new Work.Look());
        assertThat(take()).isEqualTo(ports("a"));
        assertThat(queue.take()).isEqualTo(new Work.Search());
        queue.everythingWithin(Duration.ofMillis(5));
        assertThat(take()).as("one search only").isEqualTo(new Scope.Everything());
    }

    /** With a short interval, and looks that take longer than that, there is always something of these to do. */
    @Test
    void soDoComparisonsAndLooksThatNeverEnd() throws Exception {
        AtomicLong clock = new AtomicLong();
        WorkQueue busy = new WorkQueue(clock::get);
        busy.take();
        busy.searchWithin(Duration.ZERO);
        busy.everythingWithin(Duration.ofSeconds(1));
        busy.lookWithin(Duration.ZERO);
        assertThat(busy.take()).isEqualTo(new Work.Look());

        clock.addAndGet(Duration.ofSeconds(30).toNanos());
        busy.lookWithin(Duration.ZERO);

        assertThat(busy.take()).isEqualTo(new Work.Search());
        assertThat(busy.take()).isEqualTo(new Work.Compare(new Scope.Everything()));
        assertThat(busy.take()).isEqualTo(new Work.Look());
    }

    @Test
    void marksThatNeverEndPutASearchOffForHalfAMinute() throws Exception {
        AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);
        // so that gathering comes to its end
        WorkQueue busy =
                new WorkQueue(() -> clock.addAndGet(Duration.ofMillis(1).toNanos()));
        busy.take();
        busy.searchWithin(Duration.ZERO);
        busy.mark("a");
        assertThat(busy.take()).isEqualTo(new Work.Compare(ports("a")));
        busy.mark("a");

        clock.addAndGet(Duration.ofSeconds(30).toNanos());

        assertThat(busy.take()).isEqualTo(new Work.Search());
        assertThat(busy.take()).isEqualTo(new Work.Compare(ports("a")));
    }

    @Test
    void closingEndsTheWait() throws Exception {
        take();
        CompletableFuture<Scope> taken = taking();
        queue.close();

        assertThat(taken.get(5, TimeUnit.SECONDS)).isEqualTo(NOTHING);
        assertThat(take()).as("for ever").isEqualTo(NOTHING);
    }

    @Test
    void aClockThatIsNegativeOrWrapsIsAClockLikeAnyOther() throws Exception {
        for (long start : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE - 5_000_000}) {
            AtomicInteger looks = new AtomicInteger();
            long birth = System.nanoTime();
            WorkQueue odd = new WorkQueue(() -> {
                looks.incrementAndGet();
                return start + (System.nanoTime() - birth);
            });
            assertThat(odd.take()).isEqualTo(new Work.Compare(new Scope.Everything()));
            odd.tryAgain(List.of("a"), Duration.ofMillis(20));

            assertThat(odd.take()).isEqualTo(new Work.Compare(ports("a")));
            assertThat(looks.get()).as("it waits and does not spin").isLessThan(100);
        }
    }

    @Test
    void nothingIsLostWithManyMarkersAtOnce() throws Exception {
        int markers = 8;
        int each = 500;
        take();
        CountDownLatch start = new CountDownLatch(1);
        Set<String> marked = new HashSet<>();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int marker = 0; marker < markers; marker++) {
            List<String> uids = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                uids.add("port-" + marker + "-" + i);
            }
            marked.addAll(uids);
            all.add(CompletableFuture.runAsync(
                    () -> {
                        await(start);
                        uids.forEach(queue::mark);
                    },
                    threads));
        }
        start.countDown();

        Set<String> taken = new HashSet<>();
        while (taken.size() < marked.size()) {
            taken.addAll(((Scope.Ports) take()).uids());
        }

        assertThat(taken).isEqualTo(marked);
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(5, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Scope take() throws Exception {
        return taking().get(5, TimeUnit.SECONDS);
    }

    private CompletableFuture<Scope> taking() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return ((Work.Compare) queue.take()).scope();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }

    private static Scope ports(String... uids) {
        return new Scope.Ports(Set.of(uids));
    }
}

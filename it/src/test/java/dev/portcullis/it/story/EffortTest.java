package dev.portcullis.it.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.local.Await;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.junit.jupiter.api.Test;

/** How long it takes and how often is written, on whatever machine this runs; the bounds leave a busy one some room. */
class EffortTest {
    private static final int TRIES = 5;

    private final Installation installation = Installation.get();
    private final Story story = installation.newStory();

    @Test
    void anAutomaticAgreementIsTwoStatusWritesAndWellUnderASecond() {
        story.offer("orders", "[{name: orders}]", "autoApprove: true");
        String port = story.portUid("orders");
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            String name = "quick-" + i;
            Set<String> versions = new CopyOnWriteArraySet<>();
            try (Watch watch = watch(name, versions)) {
                long start = System.nanoTime();
                story.request(name, "orders", story.taylor, "");
                Await.until(
                        Installation.SOON, "granted", () -> story.holders(port).contains(Story.login(story.taylor)));
                millis.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
                story.awaitPhase(name, Phase.Active);
                String last = story.agreement(name).getMetadata().getResourceVersion();
                Installation.await("watched", () -> versions.contains(last));
            }
            assertThat(versions).as("created, approved, provisioned").hasSize(3);
            story.delete(name);
            story.awaitHolders(port);
        }
        Collections.sort(millis);
        System.out.println("kubectl apply to pg_auth_members, ms: " + millis);
        assertThat(millis.get(TRIES / 2)).as("median, in ms").isLessThan(1000);
    }

    @Test
    void aDecisionIsAGrantInUnderASecond() {
        story.offer("orders", "[{name: orders}]", "");
        String port = story.portUid("orders");
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            String name = "decided-" + i;
            story.request(name, "orders", story.taylor, "");
            story.awaitPhase(name, Phase.Requested);
            long start = System.nanoTime();
            story.decide(story.olga, name, "approved");
            Await.until(Installation.SOON, "granted", () -> story.holders(port).contains(Story.login(story.taylor)));
            millis.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
            story.delete(name);
            story.awaitHolders(port);
        }
        Collections.sort(millis);
        System.out.println("annotation to pg_auth_members, ms: " + millis);
        assertThat(millis.get(TRIES / 2)).as("median, in ms").isLessThan(1000);
    }

    private Watch watch(String name, Set<String> versions) {
        return installation
                .admin()
                .resources(DataUsageAgreement.class)
                .inNamespace(story.marketing)
                .withName(name)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, DataUsageAgreement agreement) {
                        versions.add(agreement.getMetadata().getResourceVersion());
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        // ended by the test
                    }
                });
    }
}

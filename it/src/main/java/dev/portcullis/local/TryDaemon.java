package dev.portcullis.local;

import dev.portcullis.local.TryState.Recorded;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The process behind {@code ./try up}: starts the servers and the operator, and starts again whichever of them dies, as
 * a kubelet would. Ends them when it is told to end, and when it is no longer written down that they run.
 */
final class TryDaemon {
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(5);

    private final TryState state;
    private final Recorded self = Recorded.of(TryState.DAEMON, ProcessHandle.current());
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Map<String, Duration> pauses = new HashMap<>();
    private final Map<String, Long> deaths = new HashMap<>();

    TryDaemon(TryState state) {
        this.state = state;
    }

    /** Returns only by an exception: when something does not start. */
    void run() {
        state.record(List.of(self));
        RecordWatch.start(state, self);
        ChildProcess.afterEachStart(this::recordProcesses);
        CompletableFuture<LocalPostgres> database = CompletableFuture.supplyAsync(this::startDatabase);
        KubeControlPlane kube = KubeControlPlane.start(state.data().resolve("kubernetes"), state.logs());
        say("Kubernetes API server on " + kube.url());
        PortcullisManifests manifests = new PortcullisManifests(kube.client());
        manifests.apply();
        say("admission policies, custom resource types and roles are in force");
        OperatorProcess operator = new OperatorProcess(
                manifests.operatorKubeconfig(kube), state.logs().resolve("operator.log"));
        operator.start();
        kube.startControllerManager();
        LocalPostgres postgres = database.join();
        operator.awaitReady(Duration.ofSeconds(90));
        say("operator ready, with the rights of its own service account and no more");
        writeServers(kube, postgres, operator);
        List<ChildProcess> children = new ArrayList<>(kube.children());
        children.add(postgres.child());
        children.add(operator.child());
        while (true) {
            // what dies since somebody removed the folder is not started again: that would bring the folder back
            if (state.isRecorded(self)) {
                children.forEach(this::revive);
            }
            Await.pause(LOOK);
        }
    }

    private LocalPostgres startDatabase() {
        LocalPostgres postgres =
                LocalPostgres.start(state.data().resolve("postgresql"), state.logs(), state.postgresBinaries());
        ShopDatabase.create(postgres);
        say("PostgreSQL on " + postgres.address() + ", with the database shop");
        return postgres;
    }

    private synchronized void recordProcesses() {
        if (!state.isRecorded(self)) {
            // about to end, see RecordWatch: not to be written down again
            return;
        }
        List<Recorded> all = new ArrayList<>(List.of(self));
        ChildProcess.started().forEach(child -> all.add(Recorded.of(child)));
        state.record(all);
    }

    private void revive(ChildProcess child) {
        String name = child.name();
        if (child.isAlive()) {
            return;
        }
        long now = System.nanoTime();
        Long death = deaths.get(name);
        if (death == null) {
            deaths.put(name, now);
            out.println(name + " (process " + child.pid() + ") ended with code " + child.exitCode());
            return;
        }
        Duration pause = pauses.getOrDefault(name, FIRST_PAUSE);
        if (now - death < pause.toNanos()) {
            return;
        }
        // one that never runs for long is started less often
        boolean shortLived = Duration.between(child.startedAt(), Instant.now()).toSeconds() < 10;
        Duration doubled = pause.multipliedBy(2);
        pauses.put(name, !shortLived ? FIRST_PAUSE : doubled.compareTo(LAST_PAUSE) > 0 ? LAST_PAUSE : doubled);
        deaths.remove(name);
        try {
            child.start();
            out.println(name + " started again, as process " + child.pid());
        } catch (RuntimeException e) {
            out.println(e.getMessage());
        }
    }

    private void writeServers(KubeControlPlane kube, LocalPostgres postgres, OperatorProcess operator) {
        ShopDatabase shop = new ShopDatabase(postgres.address());
        state.write(state.env(), new TryEnvironment(kube.kubeconfig(), kube.tools(), postgres.address()).script());
        state.write(state.servers(), """
                kubeconfig=%s
                kubectl=%s
                kubernetes.url=%s
                postgres.port=%d
                postgres.password=%s
                operator.login=%s
                operator.password=%s
                operator.healthPort=%d
                """.formatted(
                        kube.kubeconfig(),
                        kube.kubectl(),
                        kube.url(),
                        postgres.port(),
                        postgres.password(),
                        ShopDatabase.OPERATOR_LOGIN,
                        shop.operatorPassword(),
                        operator.healthPort()));
    }

    private synchronized void say(String line) {
        out.println(line);
        try {
            Files.writeString(state.progress(), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

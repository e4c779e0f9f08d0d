package dev.portcullis.operator.report;

import dev.portcullis.api.Condition;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.engine.facts.Problem;
import dev.portcullis.engine.status.AgreementStatusFactory;
import dev.portcullis.engine.status.ClocksApartCondition;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.engine.status.WayConditions;
import dev.portcullis.engine.time.Elapsed;
import dev.portcullis.platform.Plan;
import dev.portcullis.platform.Way;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kubernetes Events for what a person waits for: they show in {@code kubectl describe} and go away by themselves. One for each phase a person
 * would want to hear of, and one for each trouble; sent in the background and given up when there are too many, since the status has it all.
 */
public final class EventRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final int MOST_WAITING = 1000;
    private static final Duration LAST_EVENTS = Duration.ofSeconds(2);
    /** In bytes, as the API server counts. */
    private static final int LONGEST_NOTE = 1024;

    /** Conditions of agreements that people should hear of when they come. */
    private static final Set<String> WARNINGS =
            Set.of(WayConditions.BEYOND, WayConditions.REMAINS, ClocksApartCondition.TYPE);

    /** Where the API server wants the Events of objects that are in no namespace. */
    private static final String OF_CLUSTER_SCOPED = "default";

    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

    private final KubernetesClient client;
    private final Clock clock;
    private final ThreadPoolExecutor sender;

    public EventRecorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.sender = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                task -> {
                    Thread thread = new Thread(task, "events");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Tells what a status that was just written says that the one before did not. */
    public void written(
            DataUsageAgreement agreement, @Nullable DataUsageAgreementStatus before, DataUsageAgreementStatus after) {
        Phase phase = after.phase();
        boolean newPhase = before == null || before.phase() != phase;
        Optional<Condition> ready = Conditions.find(after.conditions(), "Ready");
        if (newPhase && phase != null && phase != Phase.Provisioning) {
            boolean warning = phase == Phase.Invalid || phase == Phase.Rejected || phase == Phase.Revoked;
            send(agreement, warning, phase.name(), ready.map(Condition::message).orElse(phase.name()));
        } else if (!newPhase && phase == Phase.Provisioning && troubled(before, ready)) {
            // to wait is no trouble
            ready.ifPresent(condition -> send(
                    agreement,
                    !condition.reason().equals(AgreementStatusFactory.WAITING),
                    condition.reason(),
                    condition.message()));
        }
        warn(agreement, before == null ? List.of() : before.conditions(), after.conditions(), WARNINGS);
        expiring(agreement, before, after);
        sessionsMayRemain(agreement, before, after);
        String refused = after.approval() == null ? null : after.approval().refusedDecision();
        String refusedBefore = before == null || before.approval() == null
                ? null
                : before.approval().refusedDecision();
        if (refused != null && !Objects.equals(refused, refusedBefore)) {
            Conditions.find(after.conditions(), "Approved")
                    .ifPresent(condition -> send(agreement, true, condition.reason(), condition.message()));
        }
    }

    /** Once for each warning: the status says which was given last, also to an operator that starts anew. */
    private void expiring(
            DataUsageAgreement agreement, @Nullable DataUsageAgreementStatus before, DataUsageAgreementStatus after) {
        Optional<Condition> said =
                Optional.ofNullable(before).flatMap(status -> Conditions.find(status.conditions(), Elapsed.EXPIRING));
        Conditions.find(after.conditions(), Elapsed.EXPIRING)
                .filter(is -> said.filter(was -> was.reason().equals(is.reason())
                                && was.message().equals(is.message()))
                        .isEmpty())
                .ifPresent(is -> send(agreement, true, is.reason(), is.message()));
    }

    /** Tells of an agreement that is let go although others let its data be read. */
    public void accessRemains(DataUsageAgreement agreement, List<Way> ways) {
        send(agreement, true, WayConditions.REMAINS, WayConditions.remains(ways));
    }

    /** Tells of an agreement that is let go although sessions may go on reading: of the platform, since that is where somebody can end them. */
    public void sessionsMayRemain(DataPlatform platform, DataUsageAgreement agreement, List<Problem> notes) {
        send(
                platform,
                true,
                Plan.Reason.SessionsMayRemain.name(),
                "DataUsageAgreement " + agreement.getMetadata().getNamespace() + "/"
                        + agreement.getMetadata().getName() + " is deleted and its access taken away; but "
                        + Problem.sentences(notes));
    }

    /** The access is gone, and what its sessions have open may not be: somebody may want to end them. */
    private void sessionsMayRemain(
            DataUsageAgreement agreement, @Nullable DataUsageAgreementStatus before, DataUsageAgreementStatus after) {
        Optional<String> said = Optional.ofNullable(before)
                .flatMap(status -> Conditions.find(status.conditions(), "Granted"))
                .map(Condition::message);
        Conditions.find(after.conditions(), "Granted")
                .filter(granted -> granted.reason().equals(Plan.Reason.SessionsMayRemain.name()))
                .filter(granted -> !said.equals(Optional.of(granted.message())))
                .ifPresent(granted -> send(agreement, true, granted.reason(), granted.message()));
    }

    /** Tells of a port, product, platform or policy that became ready or not, or is unready for another reason than before. That a new one is ready is no news. */
    public void readinessChanged(HasMetadata object, List<Condition> before, List<Condition> after) {
        Optional<Condition> was = Conditions.find(before, "Ready");
        Conditions.find(after, "Ready")
                .filter(is -> is.status() == Condition.Status.True
                        ? was.filter(then -> then.status() != Condition.Status.True)
                                .isPresent()
                        : !was.map(Condition::reason).equals(Optional.of(is.reason())))
                .ifPresent(is -> send(object, is.status() != Condition.Status.True, is.reason(), is.message()));
    }

    /** Tells of conditions that are there only when something is not as it should be, and were not so before. */
    public void warn(HasMetadata object, List<Condition> before, List<Condition> after, Set<String> types) {
        after.stream()
                .filter(is -> types.contains(is.type()) && is.status() == Condition.Status.True)
                .filter(is -> Conditions.find(before, is.type())
                        .filter(was -> was.status() == Condition.Status.True)
                        .isEmpty())
                .forEach(is -> send(object, true, is.type(), is.message()));
    }

    /** Tells of something that was done once to an object without conditions of ours. */
    public void done(HasMetadata object, String reason, String message) {
        send(object, false, reason, message);
    }

    private static boolean troubled(@Nullable DataUsageAgreementStatus before, Optional<Condition> ready) {
        Optional<String> reasonBefore = Optional.ofNullable(before)
                .flatMap(status -> Conditions.find(status.conditions(), "Ready"))
                .map(Condition::reason);
        return ready.isPresent() && !ready.map(Condition::reason).equals(reasonBefore);
    }

    private void send(HasMetadata object, boolean warning, String reason, String message) {
        Event event = new EventBuilder()
                .withNewMetadata()
                .withGenerateName(object.getMetadata().getName() + "-")
                .withNamespace(
                        Optional.ofNullable(object.getMetadata().getNamespace()).orElse(OF_CLUSTER_SCOPED))
                .endMetadata()
                .withEventTime(
                        new MicroTime(clock.instant().atOffset(ZoneOffset.UTC).format(MICROS)))
                .withReportingController("portcullis.dev/operator")
                .withReportingInstance("portcullis")
                .withType(warning ? "Warning" : "Normal")
                .withReason(reason)
                .withAction("Reconcile")
                .withNote(note(message))
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(object.getApiVersion())
                        .withKind(object.getKind())
                        .withNamespace(object.getMetadata().getNamespace())
                        .withName(object.getMetadata().getName())
                        .withUid(object.getMetadata().getUid())
                        .build())
                .build();
        sender.execute(() -> create(event));
    }

    private static String note(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_NOTE) {
            return message;
        }
        int end = LONGEST_NOTE;
        while ((bytes[end] & 0xC0) == 0x80) {
            // never half of a character
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private void create(Event event) {
        try {
            client.resource(event).create();
        } catch (RuntimeException e) {
            // whatever it is: an event is only a courtesy
            LOG.warn("event {} not sent: {}", event.getReason(), e.getMessage());
        }
    }

    /** Sends what waits, if that is quickly done: the client is closed next. */
    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(LAST_EVENTS.toMillis(), TimeUnit.MILLISECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException e) {
            sender.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

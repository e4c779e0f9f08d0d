package dev.portcullis.operator.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.engine.decision.Guard;
import dev.portcullis.operator.given.ApiServer;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GuardWatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiServer api = new ApiServer();
    private final ShippedPolicies shipped = new ShippedPolicies();
    private final AtomicInteger changes = new AtomicInteger();
    private GuardWatch watch;
    private Instant youngest;

    @BeforeEach
    void prepare() {
        watch = new GuardWatch(api.client(), shipped, changes::incrementAndGet);
    }

    @AfterEach
    void end() {
        watch.close();
        api.close();
    }

    @Test
    void nothingIsGuardedBeforeTheFirstLook() {
        assertThat(watch.guard()).isInstanceOf(Guard.Broken.class);
        assertThat(changes).hasValue(0);
    }

    @Test
    void missingPoliciesAreNamedWithWhatToDo() {
        watch.start();

        assertThat(broken())
                .contains("ValidatingAdmissionPolicy agreements.portcullis.dev is missing")
                .contains("ValidatingAdmissionPolicyBinding status.portcullis.dev is missing")
                .contains("applies helm/portcullis/files/admission/ again");
        assertThat(changes).hasValue(1);
    }

    @Test
    void wholeSinceTheYoungestOfThem() {
        install();

        watch.start();

        assertThat(watch.guard()).isEqualTo(new Guard.Whole(youngest));
        assertThat(changes).hasValue(1);
    }

    @Test
    void wholeSinceTheLastChangeOfWhatGuards() {
        install();
        ValidatingAdmissionPolicy changed =
                policy("ports.portcullis.dev", shipped.policies().get("ports.portcullis.dev"));
        changed.getMetadata()
                .setManagedFields(List.of(
                        changedBy("helm", "2099-01-01T00:00:00Z", null),
                        changedBy("kube-apiserver", "2099-02-01T00:00:00Z", "status")));
        api.client().resource(changed).delete();
        api.create(changed);

        watch.start();

        assertThat(watch.guard()).isEqualTo(new Guard.Whole(Instant.parse("2099-01-01T00:00:00Z")));
    }

    private static ManagedFieldsEntry changedBy(String manager, String time, String subresource) {
        return new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withOperation("Update")
                .withTime(time)
                .withSubresource(subresource)
                .build();
    }

    @Test
    void whatIsInstalledLaterIsSeenAndWhatGoesToo() {
        watch.start();
        install();

        await().untilAsserted(() -> assertThat(watch.guard()).isEqualTo(new Guard.Whole(youngest)));
        int before = changes.get();

        api.client()
                .admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .withName("ports.portcullis.dev")
                .delete();

        await().untilAsserted(() ->
                assertThat(broken()).startsWith("ValidatingAdmissionPolicyBinding ports.portcullis.dev is missing: "));
        assertThat(changes).hasValue(before + 1);
    }

    @Test
    void aWeakenedPolicyIsSeenAtOnce() {
        install();
        watch.start();
        assertThat(watch.guard()).isInstanceOf(Guard.Whole.class);

        api.client()
                .admissionRegistration()
                .v1()
                .validatingAdmissionPolicies()
                .withName("agreements.portcullis.dev")
                .edit(policy -> {
                    policy.getSpec().setFailurePolicy("Ignore");
                    return policy;
                });

        await().untilAsserted(() -> assertThat(broken())
                .startsWith("ValidatingAdmissionPolicy agreements.portcullis.dev was changed: spec.failurePolicy"));
    }

    @Test
    void anotherBodysPoliciesChangeNothing() {
        install();
        watch.start();
        int before = changes.get();

        api.create(policy("somebody.example", JSON.createObjectNode()));
        // and one of ours again, so that there is something to wait for
        api.client()
                .admissionRegistration()
                .v1()
                .validatingAdmissionPolicies()
                .withName("status.portcullis.dev")
                .delete();

        await().until(() -> watch.guard() instanceof Guard.Broken);
        assertThat(changes).hasValue(before + 1);
    }

    private String broken() {
        assertThat(watch.guard()).isInstanceOf(Guard.Broken.class);
        return ((Guard.Broken) watch.guard()).message();
    }

    private void install() {
        shipped.bindings().forEach((name, spec) -> {
            ValidatingAdmissionPolicyBinding binding = new ValidatingAdmissionPolicyBinding();
            binding.setMetadata(new ObjectMetaBuilder().withName(name).build());
            binding.setSpec(JSON.convertValue(spec, ValidatingAdmissionPolicyBindingSpec.class));
            api.create(binding);
        });
        // the mock server writes the time of day, to the second: the last is younger
        shipped.policies().entrySet().stream().limit(3).forEach(this::create);
        Instant before =
                policies().map(GuardWatchTest::created).max(Instant::compareTo).orElseThrow();
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS).isAfter(before));
        shipped.policies().entrySet().stream().skip(3).forEach(this::create);
        youngest =
                policies().map(GuardWatchTest::created).max(Instant::compareTo).orElseThrow();
        assertThat(youngest).isAfter(before);
    }

    private void create(Map.Entry<String, JsonNode> shippedPolicy) {
        api.create(policy(shippedPolicy.getKey(), shippedPolicy.getValue()));
    }

    private Stream<ValidatingAdmissionPolicy> policies() {
        return api.client().admissionRegistration().v1().validatingAdmissionPolicies().list().getItems().stream();
    }

    private static Instant created(ValidatingAdmissionPolicy policy) {
        return Instant.parse(policy.getMetadata().getCreationTimestamp());
    }

    private static ValidatingAdmissionPolicy policy(String name, JsonNode spec) {
        ValidatingAdmissionPolicy policy = new ValidatingAdmissionPolicy();
        policy.setMetadata(new ObjectMetaBuilder().withName(name).build());
        policy.setSpec(JSON.convertValue(spec, ValidatingAdmissionPolicySpec.class));
        return policy;
    }
}

package dev.portcullis.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.operator.given.ApiServer;
import dev.portcullis.operator.guard.ShippedPolicies;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstallationCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final ApiServer api = new ApiServer();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void saysOfEverythingWhatIsWrong() {
        assertThat(check().values().stream().flatMap(Optional::stream))
                .satisfiesExactly(
                        guard -> assertThat(guard).contains("agreements.portcullis.dev is missing"),
                        id -> assertThat(id).contains("no operator has started yet"),
                        operator -> assertThat(operator).contains("nobody holds Lease portcullis"));
    }

    @Test
    void isContentWithAWholeInstallation() {
        ShippedPolicies shipped = new ShippedPolicies();
        shipped.policies()
                .forEach((name, spec) ->
                        api.create(guarding("ValidatingAdmissionPolicy", name, spec, ValidatingAdmissionPolicy.class)));
        shipped.bindings()
                .forEach((name, spec) -> api.create(guarding(
                        "ValidatingAdmissionPolicyBinding", name, spec, ValidatingAdmissionPolicyBinding.class)));
        api.create(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("mesh")
                .withName("portcullis-installation")
                .endMetadata()
                .withData(Map.of("id", "eu-1"))
                .build());
        lease("operator-1", NOW.minusSeconds(3));

        assertThat(check().values()).allSatisfy(wrong -> assertThat(wrong).isEmpty());
    }

    @Test
    void aLeaseThatRanOutIsNobodys() {
        lease("operator-1", NOW.minusSeconds(61));
        assertThat(check().get("an operator works")).isPresent();
    }

    @Test
    void aLeaseThatWasGivenBackIsNobodys() {
        lease(null, NOW);
        assertThat(check().get("an operator works")).isPresent();
    }

    /** As little as the operator is: what it asks with a token may be read on the way. */
    @Test
    void asksNothingWithoutTls() {
        assertThatThrownBy(() -> Main.check(api.client(), "mesh", Map.of()))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("without TLS");
        assertThat(api.calls()).isEmpty();
    }

    private Map<String, Optional<String>> check() {
        return new InstallationCheck(api.client(), "mesh", Clock.fixed(NOW, ZoneOffset.UTC)).run();
    }

    private void lease(@Nullable String holder, Instant renewed) {
        api.create(new LeaseBuilder()
                .withNewMetadata()
                .withNamespace("mesh")
                .withName("portcullis")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withRenewTime(ZonedDateTime.ofInstant(renewed, ZoneOffset.UTC))
                .endSpec()
                .build());
    }

    private static <T extends HasMetadata> T guarding(String kind, String name, Object spec, Class<T> type) {
        return Serialization.unmarshal(
                Serialization.asJson(Map.of(
                        "apiVersion",
                        "admissionregistration.k8s.io/v1",
                        "kind",
                        kind,
                        "metadata",
                        Map.of("name", name),
                        "spec",
                        spec)),
                type);
    }
}

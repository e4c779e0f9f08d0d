package dev.portcullis.cli.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.team.Team;
import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.document.StandardSchema;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true)
@SuppressWarnings("NullAway.Init")
class ClusterInventoryTest {
    private KubernetesClient client;
    private KubernetesMockServer server;
    private final List<String> warnings = new ArrayList<>();

    private void apply() {
        client.load(new ByteArrayInputStream(
                        StandardSchema.resource("/exports/dump.yaml").getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> client.resource(item).create());
    }

    @Test
    void aClusterGivesTheSameDocumentAsItsDump() {
        register();
        apply();

        Inventory inventory = new ClusterInventory(client, warnings::add).read();

        Export export = Export.of(inventory, Standard.DUAS, Optional.empty(), Instant.EPOCH);
        assertThat(export.documents()).hasSize(1);
        JsonNode document = Objects.requireNonNull(export.documents().get("marketing.churn-orders"));
        assertThat(StandardSchema.DUAS.faults(document)).isEmpty();
        assertThat(document.at("/provider/dataProductId").asText()).isEqualTo("urn:mesh:orders");
        assertThat(document.at("/consumer/teamId").asText()).isEqualTo("growth");
        assertThat(warnings).isEmpty();
    }

    @Test
    void whoMayNotReadTeamsIsToldWhatThatMeans() {
        server.expect()
                .get()
                .withPath("/apis/portcullis.dev/v1alpha1/teams")
                .andReturn(403, "{\"kind\":\"Status\",\"code\":403,\"message\":\"no\"}")
                .always();

        assertThat(new ClusterInventory(client, warnings::add).read().hasTeams())
                .isFalse();
        assertThat(warnings).hasSize(1).first().asString().contains("portcullis-reviewer");
    }

    @Test
    void whoMayNotReadAgreementsIsToldWhichKindItIs() {
        server.expect()
                .get()
                .withPath("/apis/portcullis.dev/v1alpha1/datausageagreements")
                .andReturn(403, "{\"kind\":\"Status\",\"code\":403,\"message\":\"not yours\"}")
                .always();

        assertThatThrownBy(() -> new ClusterInventory(client, warnings::add).read())
                .isInstanceOf(CannotBeDone.class)
                .hasMessageContaining("DataUsageAgreement")
                .hasMessageContaining("not yours");
    }

    private void register() {
        List.of(DataUsageAgreement.class, OutputPort.class, DataProduct.class, Team.class)
                .forEach(kind -> server.expectCustomResource(
                        io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext.fromCustomResourceType(
                                kind)));
    }
}

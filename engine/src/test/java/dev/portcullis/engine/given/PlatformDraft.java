package dev.portcullis.engine.given;

import dev.portcullis.api.platform.ApprovalRules;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.Exposure;
import dev.portcullis.api.platform.PostgresqlExposure;
import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.platform.PrincipalRules;
import dev.portcullis.api.platform.SecretReference;
import dev.portcullis.api.port.Workflow;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;

/** A DataPlatform that can be changed. */
public final class PlatformDraft {
    private final String name;
    private final List<Exposure> exposes = new ArrayList<>();
    private boolean served = true;
    private String user;
    private String dataProduct;
    private String team;
    private List<Workflow> workflows = List.of(Workflow.values());
    private ApprovalRules.AutoApprove autoApprove = ApprovalRules.AutoApprove.Allowed;

    PlatformDraft(String name) {
        this.name = name;
    }

    public PlatformDraft exposes(String namespace, String database, String... schemas) {
        exposes.add(
                new Exposure(List.of(namespace), List.of(new PostgresqlExposure(database, List.of(schemas))), null));
        return this;
    }

    public PlatformDraft exposesNothing() {
        exposes.clear();
        return this;
    }

    /** As if it were of a kind that no module knows. */
    public PlatformDraft ofUnknownKind() {
        served = false;
        return this;
    }

    /** CEL for users. */
    public PlatformDraft callsUsers(String expression) {
        user = expression;
        return this;
    }

    /** CEL for data products. */
    public PlatformDraft callsProducts(String expression) {
        dataProduct = expression;
        return this;
    }

    /** CEL for teams. */
    public PlatformDraft callsTeams(String expression) {
        team = expression;
        return this;
    }

    public PlatformDraft allows(Workflow... allowed) {
        workflows = List.of(allowed);
        return this;
    }

    public PlatformDraft forbidsAutoApprove() {
        autoApprove = ApprovalRules.AutoApprove.Forbidden;
        return this;
    }

    public PlatformDraft allowsAutoApprove() {
        autoApprove = ApprovalRules.AutoApprove.Allowed;
        return this;
    }

    DataPlatform build() {
        DataPlatform platform = new DataPlatform();
        platform.setMetadata(new ObjectMetaBuilder().withName(name).build());
        PostgresqlServer server = served
                ? new PostgresqlServer(
                        "pg.example.com", null, null, null, null, null, new SecretReference("portcullis-system", "pg"))
                : null;
        platform.setSpec(new DataPlatformSpec(
                server,
                null,
                user == null && dataProduct == null && team == null
                        ? null
                        : new PrincipalRules(user, dataProduct, team),
                exposes,
                new ApprovalRules(workflows, autoApprove),
                null,
                null,
                null));
        return platform;
    }
}

package dev.portcullis.operator.given;

import dev.portcullis.api.Condition;
import dev.portcullis.api.PortcullisApi;
import dev.portcullis.api.agreement.AppliedPolicies;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.Consumer;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Provider;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.agreement.SnapshotObjects;
import dev.portcullis.api.decision.AgreementName;
import dev.portcullis.api.decision.Authority;
import dev.portcullis.api.decision.Decision;
import dev.portcullis.api.decision.DecisionSpec;
import dev.portcullis.api.platform.DataPlatform;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.Drift;
import dev.portcullis.api.platform.Exposure;
import dev.portcullis.api.platform.PostgresqlExposure;
import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.platform.PrincipalRules;
import dev.portcullis.api.platform.Revoke;
import dev.portcullis.api.platform.SecretReference;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.policy.ApprovalPolicySpec;
import dev.portcullis.api.port.Changes;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.Table;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.product.DataProductSpec;
import dev.portcullis.api.team.Team;
import dev.portcullis.api.team.TeamMember;
import dev.portcullis.api.team.TeamSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.stream.Stream;

/** Objects as the API server would give them. */
public final class Samples {
    private Samples() {}

    public static <T extends HasMetadata> T named(T object, String namespace, String name, String uid) {
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withUid(uid)
                .withResourceVersion("1")
                .withGeneration(1L)
                .withCreationTimestamp("2026-11-22T11:00:00Z")
                .build());
        return object;
    }

    public static Team team(String name, String... namespaces) {
        Team team = named(new Team(), null, name, "team-" + name);
        team.setSpec(new TeamSpec(null, List.of(namespaces), null, List.of()));
        return team;
    }

    public static Team teamOf(String name, String namespace, String... members) {
        Team team = named(new Team(), null, name, "team-" + name);
        team.setSpec(new TeamSpec(
                null,
                List.of(namespace),
                null,
                Stream.of(members).map(member -> new TeamMember(member, null)).toList()));
        return team;
    }

    public static DataPlatform platform(String name) {
        DataPlatform platform = named(new DataPlatform(), null, name, "platform-" + name);
        platform.setSpec(platformSpec("5m", null));
        return platform;
    }

    public static DataPlatformSpec platformSpec(String interval, PrincipalRules principals) {
        return platformSpec(
                interval,
                principals,
                List.of(new Exposure(
                        List.of("checkout"),
                        List.of(new PostgresqlExposure("shop", List.of("sales", "stock"))),
                        null)));
    }

    /** The same, where the sessions of who loses access end. */
    public static DataPlatformSpec endingSessions(DataPlatformSpec spec) {
        return new DataPlatformSpec(
                spec.postgresql(),
                spec.external(),
                spec.principals(),
                spec.exposes(),
                spec.approval(),
                spec.drift(),
                new Revoke(true),
                spec.takeOver());
    }

    public static DataPlatformSpec platformExposingNothing() {
        return platformSpec("5m", null, List.of());
    }

    private static DataPlatformSpec platformSpec(String interval, PrincipalRules principals, List<Exposure> exposes) {
        return new DataPlatformSpec(
                new PostgresqlServer(
                        "pg.example.com",
                        null,
                        null,
                        "portcullis",
                        null,
                        null,
                        new SecretReference("portcullis-system", "warehouse-admin")),
                null,
                principals,
                exposes,
                null,
                new Drift(interval, null, null),
                null,
                null);
    }

    public static DataProduct product(String name) {
        DataProduct product = named(new DataProduct(), "checkout", name, "product-" + name);
        product.setSpec(productSpec(null, false));
        return product;
    }

    public static DataProductSpec productSpec(String team, boolean suspend) {
        return new DataProductSpec("Orders", null, null, team, null, null, List.of(), null, suspend, null, null);
    }

    /** A port of product orders with two tables. */
    public static OutputPort port(String name, String uid) {
        return port(name, uid, "orders", "order_items");
    }

    public static OutputPort port(String name, String uid, String... tables) {
        OutputPort port = named(new OutputPort(), "checkout", name, uid);
        port.setSpec(portSpec(objects(tables), false));
        return port;
    }

    public static OutputPortSpec portSpec(PostgresqlObjects objects, boolean autoApprove) {
        return new OutputPortSpec(
                "orders", null, "warehouse", objects, null, null, autoApprove, Workflow.Manual, null, null, null, null);
    }

    public static PostgresqlObjects objects(String... tables) {
        return new PostgresqlObjects(
                "shop",
                "sales",
                Stream.of(tables).map(table -> new Table(table, List.of())).toList(),
                null);
    }

    /** A request of team marketing for port orders-v1; the UID is the name. */
    public static DataUsageAgreement request(String name, String user) {
        return request(name, user, "orders-v1");
    }

    public static DataUsageAgreement request(String name, String user, String port) {
        DataUsageAgreement agreement = named(new DataUsageAgreement(), "marketing", name, name);
        agreement.setSpec(spec(user, port, false));
        agreement.getMetadata().getAnnotations().put("portcullis.dev/requested-by", user == null ? "taylor" : user);
        return agreement;
    }

    public static DataUsageAgreementSpec spec(String user, String port, boolean suspend) {
        return new DataUsageAgreementSpec(
                "Train the monthly churn model.",
                new Provider("checkout", port),
                new Consumer(user, null, user == null ? "marketing" : null),
                null,
                null,
                null,
                suspend,
                false,
                List.of(),
                null,
                null,
                null,
                null,
                null);
    }

    /** Approved for port orders-v1 (port-1) and held by our finalizer; nothing granted yet. */
    public static DataUsageAgreement approved(String name, String user) {
        return approved(name, user, "orders-v1", "port-1", "2026-11-22T11:30:00Z");
    }

    public static DataUsageAgreement approved(String name, String user, String port, String portUid, String at) {
        DataUsageAgreement agreement = request(name, user, port);
        agreement.getMetadata().getFinalizers().add(PortcullisApi.REVOKE_FINALIZER);
        agreement.setStatus(status(
                approval(at),
                Phase.Provisioning,
                new Provisioning(ProvisioningStatus.Provisioning, "warehouse", null, List.of(), at),
                snapshot(portUid)));
        return agreement;
    }

    /** The same, asked for by a listed member of the team: it holds as long as the person is one. */
    public static DataUsageAgreement provisionedAsMember(String name, String user, String... principals) {
        DataUsageAgreement agreement = provisioned(name, user, principals);
        DataUsageAgreementStatus before = agreement.getStatus();
        Snapshot was = before.snapshot();
        agreement.setStatus(status(
                before.approval(),
                before.phase(),
                before.provisioning(),
                new Snapshot(
                        was.portUid(),
                        was.objects(),
                        was.workflow(),
                        was.contract(),
                        was.team(),
                        was.providerTeam(),
                        true,
                        was.policies(),
                        null,
                        null,
                        null,
                        null,
                        null)));
        return agreement;
    }

    /** The same with a status that says who has the access. */
    public static DataUsageAgreement provisioned(String name, String user, String... principals) {
        return withProvisioning(approved(name, user), ProvisioningStatus.Provisioned, principals);
    }

    public static DataUsageAgreement withProvisioning(
            DataUsageAgreement agreement, ProvisioningStatus status, String... principals) {
        DataUsageAgreementStatus before = agreement.getStatus();
        agreement.setStatus(status(
                before.approval(),
                status == ProvisioningStatus.Provisioned ? Phase.Active : before.phase(),
                new Provisioning(status, "warehouse", null, List.of(principals), "2026-11-22T11:31:00Z"),
                before.snapshot()));
        return agreement;
    }

    /** The same, where the status says by what it is held. */
    public static DataUsageAgreement heldBy(DataUsageAgreement agreement, String reference) {
        DataUsageAgreement copy = copy(agreement);
        DataUsageAgreementStatus before = agreement.getStatus();
        Provisioning was = before.provisioning();
        copy.setStatus(status(
                before.approval(),
                before.phase(),
                new Provisioning(was.status(), was.platform(), reference, was.principals(), was.at()),
                before.snapshot()));
        return copy;
    }

    /** The same, as if its status had said one thing more. */
    public static DataUsageAgreement conditioned(DataUsageAgreement agreement, String type) {
        DataUsageAgreement copy = copy(agreement);
        DataUsageAgreementStatus before = agreement.getStatus();
        copy.setStatus(new DataUsageAgreementStatus(
                before.observedGeneration(),
                before.phase(),
                before.consumer(),
                before.approval(),
                before.active(),
                before.provisioning(),
                before.snapshot(),
                before.history(),
                List.of(new Condition(
                        type, Condition.Status.True, 1L, "2026-11-22T11:31:00Z", "GrantedByOthers", "by others")),
                null,
                null));
        return copy;
    }

    public static DataUsageAgreement suspended(DataUsageAgreement agreement) {
        DataUsageAgreement copy = copy(agreement);
        var provider = agreement.getSpec().provider();
        copy.setSpec(spec(agreement.getSpec().consumer().user(), provider.outputPort(), true));
        return copy;
    }

    /** The same with an end, a date or an instant. */
    public static DataUsageAgreement ending(DataUsageAgreement agreement, String end) {
        DataUsageAgreement ending = copy(agreement);
        DataUsageAgreementSpec spec = agreement.getSpec();
        ending.setSpec(new DataUsageAgreementSpec(
                spec.purpose(),
                spec.provider(),
                spec.consumer(),
                null,
                end,
                null,
                false,
                false,
                null,
                null,
                null,
                null,
                null,
                null));
        return ending;
    }

    /** The same after its end. */
    public static DataUsageAgreement expired(DataUsageAgreement agreement, String end) {
        DataUsageAgreement expired = copy(agreement);
        DataUsageAgreementStatus status = agreement.getStatus();
        expired.setStatus(new DataUsageAgreementStatus(
                status.observedGeneration(),
                Phase.Expired,
                status.consumer(),
                status.approval(),
                false,
                status.provisioning(),
                status.snapshot(),
                status.history(),
                status.conditions(),
                end,
                null));
        return expired;
    }

    public static DataUsageAgreement deleting(DataUsageAgreement agreement) {
        DataUsageAgreement copy = copy(agreement);
        copy.getMetadata().setDeletionTimestamp("2026-11-22T11:59:00Z");
        return copy;
    }

    /** The same, as if the port had offered only these tables when it was requested. */
    public static DataUsageAgreement judgedBy(DataUsageAgreement agreement, String... tables) {
        DataUsageAgreement copy = copy(agreement);
        DataUsageAgreementStatus before = agreement.getStatus();
        Snapshot was = before.snapshot();
        copy.setStatus(status(
                before.approval(),
                before.phase(),
                before.provisioning(),
                new Snapshot(
                        was.portUid(),
                        new SnapshotObjects(objects(tables), null),
                        was.workflow(),
                        was.contract(),
                        was.team(),
                        was.providerTeam(),
                        was.memberOfTeam(),
                        was.policies(),
                        null,
                        null,
                        null,
                        null,
                        null)));
        return copy;
    }

    /** The same, as if the port had said Follow when it was requested. */
    public static DataUsageAgreement following(DataUsageAgreement agreement) {
        DataUsageAgreement copy = copy(agreement);
        DataUsageAgreementStatus before = agreement.getStatus();
        Snapshot was = before.snapshot();
        copy.setStatus(status(
                before.approval(),
                before.phase(),
                before.provisioning(),
                new Snapshot(
                        was.portUid(),
                        was.objects(),
                        was.workflow(),
                        was.contract(),
                        was.team(),
                        was.providerTeam(),
                        was.memberOfTeam(),
                        was.policies(),
                        was.request(),
                        was.terms(),
                        was.questions(),
                        Changes.Follow,
                        was.agreementUid())));
        return copy;
    }

    public static DataUsageAgreement copy(DataUsageAgreement agreement) {
        DataUsageAgreement copy = new DataUsageAgreement();
        copy.setMetadata(new ObjectMetaBuilder(agreement.getMetadata()).build());
        copy.setSpec(agreement.getSpec());
        copy.setStatus(agreement.getStatus());
        return copy;
    }

    public static Approval approval(String at) {
        return new Approval(
                ApprovalStatus.Approved,
                Workflow.Manual,
                "manual",
                List.of(new DecisionRecord(
                        DecisionRecord.Verdict.approved,
                        "olga",
                        "olga",
                        at,
                        null,
                        null,
                        null,
                        DecisionRecord.Via.Annotation,
                        null,
                        null,
                        null,
                        null,
                        null)),
                List.of(),
                null);
    }

    /** The same, after policies had nothing to say. */
    public static Snapshot judged(Snapshot snapshot, String at) {
        return snapshot.withPolicies(new AppliedPolicies(at, List.of()));
    }

    /** A Decision of an approver on an agreement of marketing's for port orders-v1. */
    /** @param spec as YAML */
    public static ApprovalPolicy policy(String name, String spec) {
        ApprovalPolicy policy = new ApprovalPolicy();
        policy.setMetadata(new ObjectMetaBuilder().withName(name).build());
        policy.setSpec(Serialization.unmarshal("---\n" + spec, ApprovalPolicySpec.class));
        return policy;
    }

    public static Decision decision(String name, String agreement, DecisionRecord.Verdict verdict, String by) {
        Decision decision = named(new Decision(), "checkout", name, "decision-" + name);
        decision.setSpec(new DecisionSpec(
                "orders-v1",
                new AgreementName("marketing", agreement),
                verdict,
                by,
                by,
                Authority.Approve,
                null,
                null,
                null,
                null,
                null,
                null));
        return decision;
    }

    public static Snapshot snapshot(String portUid) {
        return new Snapshot(
                portUid,
                new SnapshotObjects(objects("orders", "order_items"), null),
                Workflow.Manual,
                null,
                "marketing",
                "checkout",
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    public static DataUsageAgreementStatus status(
            Approval approval, Phase phase, Provisioning provisioning, Snapshot snapshot) {
        return new DataUsageAgreementStatus(
                1L,
                phase,
                "taylor (marketing)",
                approval,
                phase == Phase.Active || phase == Phase.Provisioning,
                provisioning,
                snapshot,
                List.of(),
                List.of(),
                null,
                null);
    }
}

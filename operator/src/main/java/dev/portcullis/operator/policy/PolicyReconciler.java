package dev.portcullis.operator.policy;

import dev.portcullis.api.Condition;
import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.api.policy.ApprovalPolicyStatus;
import dev.portcullis.engine.policy.PolicyCheck;
import dev.portcullis.engine.readiness.PolicyReadiness;
import dev.portcullis.engine.readiness.Readiness;
import dev.portcullis.engine.status.Conditions;
import dev.portcullis.operator.report.EventRecorder;
import dev.portcullis.operator.status.SpecChanges;
import dev.portcullis.operator.status.StatusWriter;
import dev.portcullis.operator.world.Caches;
import dev.portcullis.operator.world.Consequences;
import dev.portcullis.operator.world.Gate;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Says whether a policy can be used, and has the requests looked at again that may wait for it. */
@ControllerConfiguration(name = "policies", generationAwareEventProcessing = false, triggerReconcilerOnAllEvents = true)
public final class PolicyReconciler implements Reconciler<ApprovalPolicy> {
    private final Caches caches;
    private final Consequences consequences;
    private final Gate gate;
    private final PolicyReadiness readiness;
    private final Clock clock;
    private final EventRecorder events;
    private final SpecChanges changes = new SpecChanges();

    public PolicyReconciler(
            Caches caches, Consequences consequences, Gate gate, PolicyCheck check, Clock clock, EventRecorder events) {
        this.caches = caches;
        this.consequences = consequences;
        this.gate = gate;
        this.readiness = new PolicyReadiness(caches, check);
        this.clock = clock;
        this.events = events;
    }

    @Override
    public List<EventSource<?, ApprovalPolicy>> prepareEventSources(EventSourceContext<ApprovalPolicy> context) {
        return caches.approvalPolicies().connect(context);
    }

    @Override
    public UpdateControl<ApprovalPolicy> reconcile(ApprovalPolicy policy, Context<ApprovalPolicy> context)
            throws InterruptedException {
        gate.await();
        return caches.approvalPolicies().reconcile(policy, context, this::gone, one -> reconcilePresent(one, context));
    }

    private void gone(ApprovalPolicy policy) {
        changes.forget(policy);
        consequences.ofPolicies();
    }

    private UpdateControl<ApprovalPolicy> reconcilePresent(ApprovalPolicy policy, Context<ApprovalPolicy> context) {
        changes.ifNew(policy, consequences::ofPolicies);
        ApprovalPolicyStatus status = status(policy);
        StatusWriter.write(policy, status, new ApprovalPolicy(), context)
                .ifPresent(written -> events.readinessChanged(policy, saidBefore(policy), status.conditions()));
        return UpdateControl.noUpdate();
    }

    private ApprovalPolicyStatus status(ApprovalPolicy policy) {
        Long generation = policy.getMetadata().getGeneration();
        Conditions conditions = new Conditions(saidBefore(policy), generation, clock.instant());
        Readiness said = readiness.of(policy);
        conditions.add("Ready", said.isReady(), said.reason(), said.message());
        return new ApprovalPolicyStatus(generation, conditions.build());
    }

    private static List<Condition> saidBefore(ApprovalPolicy policy) {
        return Optional.ofNullable(policy.getStatus())
                .map(ApprovalPolicyStatus::conditions)
                .orElse(List.of());
    }
}

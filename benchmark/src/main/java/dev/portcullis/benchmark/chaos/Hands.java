package dev.portcullis.benchmark.chaos;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.port.OutputPort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Does what was drawn on the real servers, and tells the model: before what gives access, after what takes it. */
final class Hands {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final Servers servers;
    private final Model model;

    Hands(Servers servers, Model model) {
        this.servers = servers;
        this.model = model;
    }

    /** Whether it was taken: what the API server refuses has not happened. */
    boolean does(Operation operation) {
        if (operation instanceof Operation.Request request) {
            return request(request);
        } else if (operation instanceof Operation.Decide decide) {
            return decide(decide);
        } else if (operation instanceof Operation.Delete delete) {
            AgreementModel agreement = agreement(delete.agreement());
            return takes(agreement, "delete", () -> resource(agreement).delete(), () -> agreement.deleted = true);
        } else if (operation instanceof Operation.MakePort make) {
            return makePort(make);
        }
        throw new IllegalArgumentException("nobody does " + operation);
    }

    private boolean request(Operation.Request request) {
        AgreementModel agreement = new AgreementModel(
                request.name(),
                request.namespace(),
                request.port(),
                request.beneficiary(),
                fromNow(request.startsIn()),
                fromNow(request.endsIn()),
                request.colour());
        model.change(() -> model.add(agreement));
        boolean taken = taken(
                agreement,
                "request",
                () -> as(Mesh.REQUESTER).resource(Requests.of(agreement)).create());
        if (!taken) {
            model.change(() -> model.remove(agreement));
        }
        return taken;
    }

    private static @Nullable Instant fromNow(@Nullable Duration time) {
        return time == null ? null : Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS);
    }

    private boolean decide(Operation.Decide decide) {
        AgreementModel agreement = agreement(decide.agreement());
        Runnable write = () -> as(Mesh.APPROVER)
                .resources(DataUsageAgreement.class)
                .inNamespace(agreement.namespace)
                .withName(agreement.name)
                .patch(
                        MERGE,
                        "{\"metadata\":{\"annotations\":{\"" + Annotations.DECISION + "\":\"" + decide.decision()
                                + "\"}}}");
        return vote(agreement, decide.decision(), write);
    }

    private boolean vote(AgreementModel agreement, String decision, Runnable write) {
        return switch (decision) {
            case "approved" -> {
                boolean taken =
                        gives(agreement, decision, write, () -> agreement.approvals++, () -> agreement.approvals--);
                if (taken) {
                    agreement.voted = true;
                }
                yield taken;
            }
            case "rejected" ->
                takes(agreement, decision, write, () -> {
                    agreement.rejections++;
                    agreement.voted = true;
                });
            case "revoked" -> takes(agreement, decision, write, () -> agreement.revoked = true);
            default -> throw new IllegalArgumentException(decision);
        };
    }

    private boolean makePort(Operation.MakePort make) {
        PortModel port = model.port(make.port());
        model.change(() -> {
            port.incarnation++;
            port.columns = make.columns();
            port.autoApprove.set(make.autoApprove());
            port.suspended = false;
            model.offer(port, make.columns());
            port.there.set(true);
        });
        boolean taken = taken(null, "make " + make, () -> {
            OutputPort made =
                    servers.kube().client().resource(Requests.port(make)).create();
            model.change(() -> port.made(made.getMetadata().getUid()));
        });
        if (!taken) {
            model.change(() -> port.there.set(false));
        }
        return taken;
    }

    // ---------------------------------------------------------------------------------------- how it is told

    private boolean gives(AgreementModel agreement, String what, Runnable write, Runnable may, Runnable not) {
        model.change(may);
        boolean taken = taken(agreement, what, write);
        if (!taken) {
            model.change(not);
        }
        return taken;
    }

    private boolean takes(AgreementModel agreement, String what, Runnable write, Runnable gone) {
        boolean taken = taken(agreement, what, write);
        if (taken) {
            model.change(gone);
        }
        return taken;
    }

    /** What the server had no answer for is asked again: it may have happened. */
    private static boolean taken(@Nullable AgreementModel agreement, String what, Runnable write) {
        String outcome = Answers.of(write);
        if (agreement != null) {
            agreement.tell(what + (outcome.isEmpty() ? "" : ": refused, " + outcome));
        }
        return outcome.isEmpty();
    }

    private AgreementModel agreement(String name) {
        return model.agreements().stream()
                .filter(agreement -> agreement.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Resource<DataUsageAgreement> resource(AgreementModel agreement) {
        return servers.kube()
                .client()
                .resources(DataUsageAgreement.class)
                .inNamespace(agreement.namespace)
                .withName(agreement.name);
    }

    private KubernetesClient as(String login) {
        return servers.kube().as(Mesh.user(login), "system:authenticated");
    }
}

package dev.portcullis.cli.plan;

import dev.portcullis.api.Annotations;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.cli.rehearsal.Mesh;
import dev.portcullis.cli.report.PlanResult.Warning;
import dev.portcullis.engine.offer.PlatformModules;
import dev.portcullis.engine.review.ObjectLines;
import dev.portcullis.platform.Parsed;
import dev.portcullis.platform.PlatformModule;
import dev.portcullis.platform.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ports that open wider, or that say less of what they offer. */
final class PortWarnings {
    private final Mesh before;
    private final Mesh after;
    private final PlatformModules modules;
    private final List<Warning> warnings = new ArrayList<>();

    PortWarnings(Mesh before, Mesh after, PlatformModules modules) {
        this.before = before;
        this.after = after;
        this.modules = modules;
    }

    List<Warning> all() {
        after.ports().forEach((key, port) -> compare(key, before.ports().get(key), port));
        return warnings;
    }

    private void compare(String key, @Nullable OutputPort was, OutputPort is) {
        boolean pii = is.getSpec().containsPii();
        if (was == null) {
            if (pii) {
                warn("PersonalDataOffered", key, "it is new and offers personal data");
            }
            if (is.getSpec().autoApprove()) {
                warn("AutoApprove", key, "it is new and approves every request by itself (autoApprove)");
            }
            return;
        }
        if (was.getSpec().containsPii() && !pii) {
            warn(
                    "PersonalDataUnmarked",
                    key,
                    "it does not say any more that it offers personal data: policies that look at port.containsPii let it pass");
        }
        if (!was.getSpec().autoApprove() && is.getSpec().autoApprove()) {
            warn("AutoApprove", key, "from now on it approves every request by itself (autoApprove)");
        }
        if (was.getSpec().workflow() == Workflow.External && is.getSpec().workflow() == Workflow.Manual) {
            warn(
                    "WorkflowOpened",
                    key,
                    "from now on people decide in their own name, and no other system has to (workflow Manual)");
        }
        if (!isLetGo(was) && isLetGo(is)) {
            warn("DeletionAllowed", key, "it may be deleted although agreements use it; all of them would be revoked");
        }
        List<String> more = added(was, is);
        if (!more.isEmpty()) {
            warn(
                    pii ? "PersonalDataWidened" : "PortWidened",
                    key,
                    "it offers more than before" + (pii ? ", and has personal data" : "") + ": "
                            + String.join(", ", more));
        }
    }

    /** Lines of what is offered that was not, or not whole. */
    private List<String> added(OutputPort was, OutputPort is) {
        Optional<PlatformModule> module =
                after.platform(is.getSpec().platform()).flatMap(platform -> modules.serving(platform.getSpec()));
        if (module.isEmpty()
                || !(module.get().parse(was.getSpec()) instanceof Parsed.Ok earlier)
                || !(module.get().parse(is.getSpec()) instanceof Parsed.Ok now)) {
            return List.of();
        }
        Optional<Profile> common = module.get().intersect(now.profile(), earlier.profile());
        List<String> known =
                common.map(Profile::toSnapshot).map(ObjectLines::of).orElse(List.of());
        return ObjectLines.of(now.profile().toSnapshot()).stream()
                .filter(line -> !known.contains(line))
                .toList();
    }

    private static boolean isLetGo(OutputPort port) {
        return port.getMetadata().getAnnotations() != null
                && Objects.equals(port.getMetadata().getAnnotations().get(Annotations.ALLOW_DELETE), "true");
    }

    private void warn(String kind, String key, String message) {
        warnings.add(new Warning(kind, "OutputPort " + key, message));
    }
}

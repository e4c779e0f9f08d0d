package dev.portcullis.cli.plan;

import dev.portcullis.api.platform.ApprovalRules.AutoApprove;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.Drift;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.cli.rehearsal.Mesh;
import dev.portcullis.cli.report.PlanResult.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Platforms that let more be offered, or look after it less. */
final class PlatformWarnings {
    private final Mesh before;
    private final Mesh after;
    private final List<Warning> warnings = new ArrayList<>();

    PlatformWarnings(Mesh before, Mesh after) {
        this.before = before;
        this.after = after;
    }

    List<Warning> all() {
        after.platforms()
                .forEach((name, platform) ->
                        before.platform(name).ifPresent(was -> compare(name, was.getSpec(), platform.getSpec())));
        return warnings;
    }

    private void compare(String name, DataPlatformSpec was, DataPlatformSpec is) {
        SortedSet<String> exposed = exposed(is);
        exposed.removeAll(exposed(was));
        if (!exposed.isEmpty()) {
            warn("ExposesWidened", name, "more may be offered than before: " + String.join(", ", exposed));
        }
        if (was.approval().autoApprove() == AutoApprove.Forbidden
                && is.approval().autoApprove() == AutoApprove.Allowed) {
            warn("AutoApproveAllowed", name, "ports may approve by themselves from now on (approval.autoApprove)");
        }
        if (!was.approval().workflows().contains(Workflow.Manual)
                && is.approval().workflows().contains(Workflow.Manual)) {
            warn(
                    "WorkflowOpened",
                    name,
                    "ports may let people decide in their own name from now on (approval.workflows)");
        }
        if (was.drift().unmanaged() == Drift.Unmanaged.Remove && is.drift().unmanaged() == Drift.Unmanaged.Report) {
            warn("UnmanagedKept", name, "what others grant by hand is only reported from now on (drift.unmanaged)");
        }
    }

    private static SortedSet<String> exposed(DataPlatformSpec platform) {
        SortedSet<String> exposed = new TreeSet<>();
        platform.exposes()
                .forEach(exposure -> exposure.namespaces().forEach(namespace -> {
                    exposure.postgresql()
                            .forEach(database -> database.schemas()
                                    .forEach(schema -> exposed.add(
                                            database.database() + "." + schema + " by namespace " + namespace)));
                    exposure.external().forEach(object -> exposed.add(object + " by namespace " + namespace));
                }));
        return exposed;
    }

    private void warn(String kind, String name, String message) {
        warnings.add(new Warning(kind, "DataPlatform " + name, message));
    }
}

package dev.portcullis.cli.plan;

import dev.portcullis.api.platform.ApprovalRules.AutoApprove;
import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.api.platform.Drift;
import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.api.port.Workflow;
import dev.portcullis.cli.rehearsal.Mesh;
import dev.portcullis.cli.report.PlanResult.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
        if (was.postgresql() != null && is.postgresql() != null) {
            server(name, was.postgresql(), is.postgresql());
        }
        List<String> taken = is.takeOver().stream()
                .filter(id -> !was.takeOver().contains(id))
                .toList();
        if (!taken.isEmpty()) {
            warn(
                    "TakenOver",
                    name,
                    "what other installations granted on it is ours from now on, and what no agreement explains is taken away (takeOver): "
                            + String.join(", ", taken));
        }
    }

    /** As the operator's KnownServer has it: what is granted belongs to a server, and the address only leads to it. */
    private void server(String name, PostgresqlServer was, PostgresqlServer is) {
        if (!address(was).equals(address(is))) {
            warn(
                    "ServerMoved",
                    name,
                    "it is looked for at " + address(is) + " instead of " + address(was)
                            + ". If another server answers there than the one that status.server names, nothing is granted or revoked on it"
                            + " before the platform team confirms it (condition ServerChanged); then all access is granted there anew."
                            + " What was granted on the old one stays, and nobody takes it away when an agreement ends: if it is to go, suspend"
                            + " the ports first, wait until their agreements are Deprovisioned, and change the address then");
        }
        if (!was.database().equals(is.database())) {
            warn(
                    "ServerMoved",
                    name,
                    "it connects first to database " + is.database() + " instead of " + was.database()
                            + ". What is granted is in the databases that ports name, and stays; but the operator's login has to be let into "
                            + is.database()
                            + ", and to read the server's identity there (pg_control_system), else nothing is granted or revoked until somebody"
                            + " confirms that it is the same server (condition ServerChanged)");
        }
        if (!Objects.equals(was.role(), is.role())) {
            warn(
                    "OperatorRoleChanged",
                    name,
                    "it works as " + role(is) + " instead of " + role(was)
                            + ". The roles of ports, and what they were given, are the earlier one's: where the new one may not do the same with"
                            + " them, nothing of it can be taken away, and agreements say so");
        }
        if (is.sslMode().compareTo(was.sslMode()) < 0) {
            warn(
                    "ConnectionWeakened",
                    name,
                    "the server is checked less than before: sslMode "
                            + is.sslMode().word() + " instead of "
                            + was.sslMode().word());
        }
    }

    private static String address(PostgresqlServer server) {
        return server.host() + ":" + server.port();
    }

    private static String role(PostgresqlServer server) {
        return server.role() == null ? "its login" : "role " + server.role();
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

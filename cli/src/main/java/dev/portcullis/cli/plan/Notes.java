package dev.portcullis.cli.plan;

import dev.portcullis.api.policy.ApprovalPolicy;
import dev.portcullis.cli.manifests.Manifests;
import dev.portcullis.cli.rehearsal.Settled;
import dev.portcullis.engine.request.Requester;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a plan took for granted because nobody said otherwise. */
final class Notes {
    private final Manifests before;
    private final Settled after;

    Notes(Manifests before, Settled after) {
        this.before = before;
        this.after = after;
    }

    List<String> all() {
        List<String> notes = new ArrayList<>();
        before.faults()
                .forEach(
                        fault -> notes.add("before the change this was invalid, and is taken for not there: " + fault));
        long nobody = after.mesh().agreements().values().stream()
                .filter(agreement -> Requester.requestedBy(agreement).isEmpty())
                .count();
        if (nobody > 0) {
            notes.add(
                    (nobody == 1 ? "1 agreement does" : nobody + " agreements do")
                            + " not say who requested what they ask for (annotation portcullis.dev/requested-by), and policies and four eyes look at that: name with --as who applies the change, with --as-in who has always applied a namespace; with --cluster it is known of what is there");
        }
        SortedSet<String> unknown = new TreeSet<>();
        if (after.mesh().policies().stream().anyMatch(Notes::looksAtNamespaces)) {
            after.mesh().ports().values().forEach(port -> {
                String namespace = port.getMetadata().getNamespace();
                if (!after.mesh().knowsLabelsOf(namespace)) {
                    unknown.add(namespace);
                }
            });
        }
        if (!unknown.isEmpty()) {
            notes.add(
                    "policies look at the labels of namespaces; of these there is no manifest, so they were taken to have none: "
                            + String.join(", ", unknown));
        }
        return notes;
    }

    private static boolean looksAtNamespaces(ApprovalPolicy policy) {
        return !policy.getSpec().selector().namespaceLabels().isEmpty();
    }
}

package dev.portcullis.cli.exports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.Bounds;
import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.console.Console;
import dev.portcullis.cli.console.Exit;
import dev.portcullis.cli.console.Nearest;
import dev.portcullis.cli.document.DocumentWriter;
import dev.portcullis.cli.document.Format;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.review.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes agreements as documents of an open standard. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes agreements as documents of an open standard.",
        footer = {
            "",
            "duas is the Data Usage Agreement Specification 0.0.1, odaa the Open Data Access Agreement v0.9.0.",
            "Ends with 0 when all is written, 1 when an agreement is left out, 2 when a manifest is invalid."
        })
public final class ExportCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private @Nullable From from;

    @Option(names = "--context", paramLabel = "NAME", description = "With --cluster: a context of the kubeconfig.")
    private @Nullable String context;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "Only agreements of this namespace.")
    private @Nullable String namespace;

    @Option(
            names = "--standard",
            paramLabel = "STANDARD",
            defaultValue = "duas",
            description = "duas or odaa; duas unless said.")
    private Standard standard = Standard.DUAS;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "yaml",
            description = "yaml, a stream of documents, or json, an array; yaml unless said.")
    private Format format = Format.YAML;

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            description = "A file for each agreement in this folder, instead of all on standard output.")
    private @Nullable Path to;

    /** Where agreements are read. */
    static final class From {
        @Parameters(
                paramLabel = "FOLDER",
                description =
                        "Manifests, of agreements and of what they name; with their status where kubectl wrote them.")
        private @Nullable Path folder;

        @Option(names = "--cluster", required = true, description = "The cluster that kubectl would talk to.")
        private boolean cluster;
    }

    public ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        checkOptions();
        List<Fault> faults = new ArrayList<>();
        Inventory inventory = inventory(faults);
        faults.forEach(fault -> console.err().println(Printable.line(fault.toString())));
        Export export = Export.of(
                inventory,
                standard,
                Optional.ofNullable(namespace),
                console.clock().instant());
        warnOfNothing(inventory, export);
        export.leftOut().forEach(sentence -> console.err().println("portcullis: " + Printable.line(sentence)));
        if (to == null) {
            console.out().print(DocumentWriter.text(format, export.documents().values()));
        } else {
            write(to, export.documents());
        }
        if (!faults.isEmpty()) {
            return Exit.INVALID.code();
        }
        return (export.leftOut().isEmpty() ? Exit.OK : Exit.FAILED).code();
    }

    private void checkOptions() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        if (context != null && !Objects.requireNonNull(from).cluster) {
            throw new ParameterException(command, "--context is for --cluster: no cluster is asked here");
        }
        if (namespace != null && (namespace.length() > Bounds.NAME || !namespace.matches(Bounds.LABEL_PATTERN))) {
            throw new ParameterException(
                    command,
                    "no namespace can be called " + namespace + ": names have lower-case letters, digits and dashes");
        }
    }

    /** A stream without documents looks like one that was cut off. */
    private void warnOfNothing(Inventory inventory, Export export) {
        if (!export.documents().isEmpty() || !export.leftOut().isEmpty()) {
            return;
        }
        List<String> namespaces = inventory.agreements().stream()
                .map(agreement -> agreement.getMetadata().getNamespace())
                .distinct()
                .toList();
        warn(
                namespace == null || namespaces.isEmpty()
                        ? "there is no agreement, so there is no document"
                        : "there is no agreement in namespace " + namespace + Nearest.question(namespace, namespaces)
                                + "; there are some in " + String.join(", ", namespaces));
    }

    private Inventory inventory(List<Fault> faults) {
        From place = Objects.requireNonNull(from);
        if (place.cluster || place.folder == null) {
            return ClusterInventory.read(Optional.ofNullable(context), this::warn);
        }
        Path folder = place.folder;
        Inventory inventory = FolderInventory.read(folder, faults);
        if (!inventory.hasTeams() && !inventory.agreements().isEmpty()) {
            warn("there is no Team in " + folder + ": each namespace is taken for a team of its own name");
        }
        return inventory;
    }

    private void warn(String sentence) {
        console.err().println("portcullis: warning: " + Printable.line(sentence));
    }

    private void write(Path folder, Map<String, ObjectNode> documents) {
        try {
            Files.createDirectories(folder);
            for (Map.Entry<String, ObjectNode> document : documents.entrySet()) {
                Path file = folder.resolve(document.getKey() + "."
                        + standard.name().toLowerCase(Locale.ROOT) + "."
                        + format.name().toLowerCase(Locale.ROOT));
                Files.writeString(file, DocumentWriter.text(format, document.getValue()));
                console.out().println(file);
            }
        } catch (IOException e) {
            throw new CannotBeDone("the documents cannot be written to " + folder + ": " + e.getMessage(), e);
        }
    }
}

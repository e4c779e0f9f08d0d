package dev.portcullis.cli.imports;

import dev.portcullis.api.Bounds;
import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.console.Console;
import dev.portcullis.cli.console.Exit;
import dev.portcullis.cli.document.DocumentWriter;
import dev.portcullis.cli.document.Format;
import dev.portcullis.cli.manifests.SourceFile;
import dev.portcullis.engine.review.Printable;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes manifests of data products that are described elsewhere. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Writes manifests of data products and output ports that documents of an open standard describe.",
        footer = {
            "",
            "Read are the Data Product Specification 0.0.1 and the Open Data Product Standard v1 (ODPS), and data",
            "contracts of the Open Data Contract Standard v3 (ODCS) for the tables of their ports.",
            "What has no place in a manifest is said on standard error.",
            "Ends with 0 when everything has a manifest, 1 when a port has none, 2 when a file is invalid."
        })
public final class ImportCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of YAML or JSON.")
    private List<Path> files = List.of();

    @Option(
            names = {"-n", "--namespace"},
            required = true,
            paramLabel = "NAMESPACE",
            description = "Where the data products are to be.")
    private String namespace = "";

    @Option(names = "--platform", paramLabel = "NAME", description = "The DataPlatform of ports on PostgreSQL.")
    private @Nullable String platform;

    @Option(
            names = "--external-platform",
            paramLabel = "NAME",
            description = "The DataPlatform, of kind external, of all other ports.")
    private @Nullable String externalPlatform;

    @Option(names = "--database", paramLabel = "NAME", description = "The database, where nothing else names it.")
    private @Nullable String database;

    @Option(names = "--schema", paramLabel = "NAME", description = "The schema, where nothing else names it.")
    private @Nullable String schema;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "A table, where nothing else names any; may be given again.")
    private List<String> tables = List.of();

    @Option(
            names = "--terms-revision",
            paramLabel = "REVISION",
            description = "The edition of a product's limitations, where it has no version.")
    private @Nullable String termsRevision;

    public ImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        checkName("namespace", namespace);
        Stream.of(platform, externalPlatform).filter(Objects::nonNull).forEach(name -> checkName("DataPlatform", name));
        Import read = Import.of(
                files.stream().map(SourceFile::read).toList(),
                new Given(
                        namespace,
                        Optional.ofNullable(platform),
                        Optional.ofNullable(externalPlatform),
                        new Location(Optional.ofNullable(database), Optional.ofNullable(schema), List.copyOf(tables)),
                        Optional.ofNullable(termsRevision)));
        read.warnings()
                .forEach(warning -> console.err()
                        .println(Printable.line(
                                warning.file() + ":" + warning.line() + ": warning: " + warning.message())));
        read.faults().forEach(fault -> console.err().println(Printable.line(fault.toString())));
        if (!read.faults().isEmpty()) {
            return Exit.INVALID.code();
        }
        if (read.manifests().isEmpty() && !read.leftOut()) {
            throw new CannotBeDone(
                    "there is no data product in these files: name the document of one; a data contract alone makes no manifest");
        }
        console.out().print(DocumentWriter.text(Format.YAML, read.manifests()));
        return (read.leftOut() ? Exit.FAILED : Exit.OK).code();
    }

    private void checkName(String what, String name) {
        if (name.length() > Bounds.NAME || !name.matches(Bounds.LABEL_PATTERN)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "no " + what + " can be called " + name + ": names have lower-case letters, digits and dashes");
        }
    }
}

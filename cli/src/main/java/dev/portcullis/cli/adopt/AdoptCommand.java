package dev.portcullis.cli.adopt;

import dev.portcullis.cli.console.Console;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes manifests that would explain what people can read already. */
@Command(
        name = "adopt",
        description = {
            "Looks who can read what on a PostgreSQL server and writes manifests that would explain it. It reads catalogues and changes nothing.",
            "Log in as with psql: the options, or PGHOST, PGPORT, PGUSER, PGDATABASE, PGSSLMODE and PGSSLROOTCERT. The password comes from PGPASSWORD or the password file, and any login will do."
        },
        footer = {
            "",
            "What no agreement can explain is said on standard error.",
            "Ends with 0 when all is written, 1 when a database cannot be looked at, 2 when the manifests would be invalid."
        })
public final class AdoptCommand implements Callable<Integer> {
    private final Console console;
    private final Map<String, String> environment;

    @Option(
            names = {"-h", "--host"},
            paramLabel = "HOST",
            description = "The server.")
    private @Nullable String host;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Its port; 5432 unless said.")
    private @Nullable Integer port;

    @Option(
            names = {"-U", "--username"},
            paramLabel = "LOGIN",
            description = "Your login.")
    private @Nullable String user;

    @Option(
            names = {"-d", "--dbname"},
            paramLabel = "DATABASE",
            description = "A database to look at; may be given again.")
    private List<String> databases = List.of();

    @Option(
            names = "--sslmode",
            paramLabel = "MODE",
            description = "disable, require, verify-ca or verify-full; verify-full unless said.")
    private @Nullable String sslMode;

    @Option(names = "--platform", required = true, paramLabel = "NAME", description = "The DataPlatform of the server.")
    private String platform = "";

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            description = "Users are called LOGIN@DOMAIN; else as the login.")
    private @Nullable String domain;

    @Option(
            names = "--user-rule",
            paramLabel = "CEL",
            description =
                    "spec.principals.user of the DataPlatform: a user is adopted where it gives the login back. With --domain name.split('@')[0] unless said.")
    private @Nullable String userRule;

    @Option(
            names = "--provider",
            paramLabel = "SCHEMA=NAMESPACE",
            description = "Who offers a schema (or DATABASE.SCHEMA); else a namespace of its name. May be given again.")
    private Map<String, String> providers = Map.of();

    @Option(
            names = "--people",
            paramLabel = "NAMESPACE",
            defaultValue = "adopted",
            description = "Where agreements are of logins that were granted something themselves; adopted unless said.")
    private String people = "";

    @Option(
            names = "--operator-role",
            paramLabel = "ROLE",
            defaultValue = "portcullis",
            description = "The operator's role on the server, which is not adopted; portcullis unless said.")
    private String operatorRole = "";

    @Option(names = "--help", usageHelp = true, description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // -h is the host, as of psql
    private boolean help;

    public AdoptCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return new AdoptRun(console)
                .run(
                        new LoginOptions(host, port, user, sslMode, environment),
                        databases,
                        new AdoptRules(
                                platform,
                                Optional.ofNullable(domain),
                                Optional.ofNullable(userRule),
                                Map.copyOf(providers),
                                people,
                                operatorRole))
                .code();
    }
}

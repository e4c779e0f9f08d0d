package dev.portcullis.cli.adopt;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.Bounds;
import dev.portcullis.api.platform.PostgresqlServer;
import dev.portcullis.cli.console.CannotBeDone;
import dev.portcullis.cli.console.Console;
import dev.portcullis.cli.console.Exit;
import dev.portcullis.cli.document.DocumentWriter;
import dev.portcullis.cli.document.Format;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.ManifestReader;
import dev.portcullis.engine.manifest.YamlText;
import dev.portcullis.engine.principal.PrincipalExpressions;
import dev.portcullis.engine.principal.PrincipalMapper;
import dev.portcullis.engine.review.Printable;
import dev.portcullis.platform.Credentials;
import dev.portcullis.platform.PlatformUnavailableException;
import dev.portcullis.platform.postgresql.session.ReadSurvey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One adoption, from the server to what is printed. Apart from the command, so that no driver is loaded before it is asked for. */
final class AdoptRun {
    private final Console console;

    AdoptRun(Console console) {
        this.console = console;
    }

    Exit run(LoginOptions login, List<String> databases, AdoptRules rules) {
        check(rules);
        Adoption adoption = Adoption.of(
                found(login, login.databases(databases)), rules, new PrincipalMapper(new PrincipalExpressions()));
        adoption.unexplained().forEach(sentence -> console.err().println("not explained: " + Printable.line(sentence)));
        String text = DocumentWriter.text(Format.YAML, adoption.manifests());
        List<Fault> faults = faults(text, adoption.manifests());
        if (!faults.isEmpty()) {
            faults.forEach(fault -> console.err().println(fault));
            return Exit.INVALID;
        }
        if (!adoption.exposures().isEmpty()) {
            console.out()
                    .println("# Before these are valid, DataPlatform " + rules.platform()
                            + " has to have in spec.exposes:");
            adoption.exposures().forEach(line -> console.out().println("#   " + Printable.line(line)));
        }
        console.out().print(text);
        return Exit.OK;
    }

    private static Map<String, ReadSurvey.Found> found(LoginOptions login, List<String> databases) {
        Map<String, ReadSurvey.Found> found = new TreeMap<>();
        for (String database : new LinkedHashSet<>(databases)) {
            PostgresqlServer server = login.server(database);
            Credentials credentials = login.credentials(database);
            try (ReadSurvey survey = new ReadSurvey(server, credentials)) {
                found.put(database, survey.in(database));
            } catch (PlatformUnavailableException e) {
                String why = new LoginFailure(server, credentials.username()).told(e);
                throw new CannotBeDone("database " + database + " cannot be looked at: " + why, e);
            }
        }
        return found;
    }

    private static void check(AdoptRules rules) {
        List<String> names = new ArrayList<>(rules.providers().values());
        names.add(rules.platform());
        names.add(rules.people());
        for (String name : names) {
            if (name.length() > Bounds.NAME || !name.matches(Bounds.LABEL_PATTERN)) {
                throw CannotBeDone.asWritten("no namespace and no DataPlatform can be called " + name
                        + ": names have lower-case letters, digits and dashes");
            }
        }
    }

    /** As whoever applies them would read them. */
    private static List<Fault> faults(String text, List<ObjectNode> manifests) {
        List<Fault> faults = new ArrayList<>();
        if (!manifests.isEmpty()) {
            YamlText.documents("manifests", text, faults)
                    .forEach(document -> ManifestReader.OF_REPOSITORIES.read(document, "", faults));
        }
        return faults;
    }
}

package dev.portcullis.it.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.portcullis.cli.Main;
import dev.portcullis.cli.console.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of samples/gitops no cluster of ours takes: the tools' own kinds, the workflows, and the check of whose name stands under a Decision. */
class GitopsFilesTest {
    private static final Path SAMPLES = Path.of(System.getProperty("portcullis.root"), "samples", "gitops");
    private static final Path PROVIDER = SAMPLES.resolve("provider-repository");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String FRIEDA = "frieda@example.com";
    private static final String MALLORY = "mallory@example.com";

    // ---------------------------------------------------------------------------------------- Argo CD and Flux

    @Test
    void everyRepositoryIsAppliedByAnAccountOfItsOwn() {
        Set<String> accounts = Stream.of(
                        "platform-repository/bootstrap/gitops-sync.yaml", "platform-repository/mesh/50-accounts.yaml")
                .flatMap(file -> documents(SAMPLES.resolve(file)))
                .filter(document -> text(document, "/kind").equals("ServiceAccount"))
                .map(document -> text(document, "/metadata/namespace") + ":" + text(document, "/metadata/name"))
                .collect(Collectors.toSet());

        assertThat(argoCd("projects.yaml")
                        .map(project -> text(project, "/spec/destinationServiceAccounts/0/defaultServiceAccount")))
                .containsExactlyInAnyOrderElementsOf(accounts);
        assertThat(flux("Kustomization")
                        .map(one -> text(one, "/metadata/namespace") + ":" + text(one, "/spec/serviceAccountName"))
                        .collect(Collectors.toSet()))
                .isEqualTo(accounts);
    }

    @Test
    void whatTheToolsLookForIsThere() {
        Set<String> projects = argoCd("projects.yaml")
                .map(project -> text(project, "/metadata/name"))
                .collect(Collectors.toSet());
        assertThat(argoCd("applications.yaml")).hasSize(4).allSatisfy(application -> {
            assertThat(projects).contains(text(application, "/spec/project"));
            assertThat(repository(text(application, "/spec/source/repoURL"))
                            .resolve(text(application, "/spec/source/path")))
                    .isDirectory();
        });
        assertThat(flux("Kustomization")).hasSize(4).allSatisfy(kustomization -> {
            String url = flux("GitRepository")
                    .filter(source ->
                            text(source, "/metadata/name").equals(text(kustomization, "/spec/sourceRef/name")))
                    .map(source -> text(source, "/spec/url"))
                    .findFirst()
                    .orElseThrow();
            assertThat(repository(url).resolve(text(kustomization, "/spec/path")))
                    .isDirectory();
        });
    }

    /** Whatever stands still elsewhere, a Decision that takes access away is applied; and none is deleted. */
    @Test
    void decisionsWaitForNothingAndAreNotPruned() {
        JsonNode application = argoCd("applications.yaml")
                .filter(one -> text(one, "/metadata/name").endsWith("-decisions"))
                .findFirst()
                .orElseThrow();
        JsonNode kustomization = flux("Kustomization")
                .filter(one -> text(one, "/metadata/name").endsWith("-decisions"))
                .findFirst()
                .orElseThrow();
        assertThat(application.at("/spec/syncPolicy/automated/prune").booleanValue())
                .isFalse();
        assertThat(kustomization.at("/spec/prune").booleanValue()).isFalse();
        assertThat(flux("Kustomization")).noneMatch(one -> one.at("/spec").has("dependsOn"));
        assertThat(flux("Kustomization").filter(one -> !text(one, "/spec/path").equals("./mesh")))
                .as("what is switched by hand stays")
                .hasSize(3)
                .allSatisfy(one -> assertThat(
                                one.at("/spec/commonMetadata/annotations").toString())
                        .contains("ssa\":\"Merge"));
        assertThat(Stream.of(PROVIDER.resolve("decisions"), SAMPLES.resolve("later"))
                        .flatMap(GitopsFilesTest::yamlFiles)
                        .flatMap(GitopsFilesTest::documents))
                .isNotEmpty()
                .allSatisfy(decision -> assertThat(
                                decision.at("/metadata/annotations").toString())
                        .contains(
                                "Prune=false,Delete=false",
                                "IgnoreExtraneous",
                                "kustomize.toolkit.fluxcd.io/prune\":\"disabled"));
        assertThat(yamlFiles(SAMPLES)
                        .filter(file -> !file.toString().contains("pull-requests"))
                        .map(GitopsFilesTest::read))
                .noneMatch(text -> text.contains("sync-wave"));
    }

    /** No file of a repository has something else applied than what lies in its folder and a plan reads. */
    @Test
    void noFileChoosesHowItsFolderIsRead() {
        assertThat(argoCd("applications.yaml")).allSatisfy(application -> {
            assertThat(application.at("/spec/source/directory").toString())
                    .isEqualTo("{\"recurse\":true,\"include\":\"*.yaml\"}");
            assertThat(text(application, "/spec/source/path")).isNotEqualTo(".");
        });
        assertThat(flux("GitRepository")).allSatisfy(source -> {
            List<String> applied = flux("Kustomization")
                    .filter(one -> text(one, "/spec/sourceRef/name").equals(text(source, "/metadata/name")))
                    .map(one -> "!" + text(one, "/spec/path").substring(1))
                    .toList();
            assertThat(text(source, "/spec/ignore").lines().findFirst()).hasValue("/*");
            assertThat(text(source, "/spec/ignore").lines().skip(1)).containsExactlyElementsOf(applied);
        });
        assertThat(flux("Kustomization")).noneMatch(one -> one.at("/spec").has("targetNamespace"));
    }

    /** Each account has a project that takes the kinds which are its own, and those of no other folder. */
    @Test
    void noProjectTakesDecisionsAndAnythingElse() {
        assertThat(argoCd("projects.yaml").filter(project -> kinds(project).contains("Decision")))
                .singleElement()
                .satisfies(project -> assertThat(kinds(project)).containsExactly("Decision"));
        assertThat(argoCd("projects.yaml"))
                .allSatisfy(project -> assertThat(
                                project.at("/spec/clusterResourceWhitelist").isArray())
                        .isTrue());
    }

    private static List<String> kinds(JsonNode project) {
        return project.at("/spec/namespaceResourceWhitelist").findValuesAsText("kind");
    }

    private static Path repository(String url) {
        return SAMPLES.resolve(
                url.endsWith("/data-access.git")
                        ? "consumer-repository"
                        : url.endsWith("/data-products.git") ? "provider-repository" : "platform-repository");
    }

    // ---------------------------------------------------------------------------------------- pull requests

    @Test
    void theWorkflowHandsNoSecretToWhatItLooksAt() {
        JsonNode workflow = documents(SAMPLES.resolve("pull-requests/github.yaml"))
                .findFirst()
                .orElseThrow();

        assertThat(workflow.get("on").toString()).contains("pull_request").doesNotContain("pull_request_target");
        assertThat(workflow.get("permissions")).isEmpty();
        assertThat(workflow.findValuesAsText("uses"))
                .isNotEmpty()
                .allMatch(uses -> uses.matches("actions/checkout@[0-9a-f]{40}"));
        assertThat(workflow.findValuesAsText("run"))
                .as("what others wrote reaches a script as a variable")
                .noneMatch(script -> script.contains("${{"));
        assertThat(workflow.at("/jobs/plan/permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
        assertThat(workflow.at("/jobs/verdict/permissions").toString()).isEqualTo("{\"pull-requests\":\"write\"}");
        assertThat(workflow.at("/jobs/verdict/if").asText())
                .as("a required check that is skipped counts as passed")
                .isEqualTo("always()");
        assertThat(workflow.at("/jobs/verdict").findValuesAsText("uses")).isEmpty();
    }

    /** Whoever may push a branch may change the workflows on it: the one that counts lies elsewhere, and what checks the rest is reviewed by the platform team. */
    @Test
    void whatChecksARepositoryIsNotItsOwn() {
        JsonNode ruleset = documents(SAMPLES.resolve("pull-requests/github-ruleset.json"))
                .findFirst()
                .orElseThrow();
        assertThat(ruleset.get("bypass_actors")).isEmpty();
        assertThat(ruleset.at("/rules").findValuesAsText("type"))
                .contains("pull_request", "workflows", "non_fast_forward");
        assertThat(ruleset.at("/rules/2/parameters"))
                .allSatisfy(parameter -> assertThat(parameter).isNotNull())
                .extracting(JsonNode::asText)
                .containsExactly("1", "true", "true", "true", "false");
        assertThat(ruleset.at("/rules/3/parameters/workflows/0/path").asText()).startsWith(".github/workflows/");
        assertThat(read(SAMPLES.resolve("pull-requests/github-ruleset-push.json")))
                .contains(".github/**/*");
        assertThat(documents(SAMPLES.resolve("pull-requests/gitlab-policy.yaml"))
                        .findFirst()
                        .orElseThrow()
                        .at("/pipeline_execution_policy/0/pipeline_config_strategy")
                        .asText())
                .isEqualTo("override_project_ci");

        String platformTeam = "@example/data-platform";
        for (String file : List.of(
                "CODEOWNERS",
                ".github/CODEOWNERS",
                ".github/workflows/plan.yaml",
                "docs/CODEOWNERS",
                ".gitlab-ci.yml",
                ".gitlab/CODEOWNERS",
                ".sourceignore",
                ".gitmodules",
                ".gitattributes")) {
            for (String repository : List.of("provider-repository", "consumer-repository", "platform-repository")) {
                assertThat(owners(repository, file)).as(repository + " " + file).isEqualTo(platformTeam);
            }
        }
        assertThat(owners("provider-repository", "check-decisions")).isEqualTo(platformTeam);
        assertThat(owners("provider-repository", "ports/deeper/new.yaml")).isEqualTo("@example/fulfilment-leads");
        assertThat(owners("provider-repository", "decisions/frieda@example.com/new.yaml"))
                .isEqualTo("@frieda");
        assertThat(owners("provider-repository", "elsewhere/new.yaml")).isEqualTo("@example/fulfilment-leads");
        assertThat(owners("consumer-repository", "agreements/new.yaml")).isEqualTo("@example/forecasting-leads");
        assertThat(owners("platform-repository", "mesh/60-rights.yaml")).isEqualTo(platformTeam);
    }

    /** Who reviews a file: the last line that fits counts. */
    private static String owners(String repository, String file) {
        return read(SAMPLES.resolve(repository).resolve("CODEOWNERS"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\\s+", 2))
                .filter(line -> line[0].equals("*")
                        || ("/" + file).equals(line[0])
                        || line[0].endsWith("/") && ("/" + file).startsWith(line[0]))
                .reduce((first, second) -> second)
                .map(line -> line[1])
                .orElse("");
    }

    /** The workflows ask as the command is written, and the account that applies a repository is who requests and who writes down. */
    @Test
    void bothWorkflowsPlanTheSamplesAsTheyAreMerged(@TempDir Path dir) throws Exception {
        Path before = dir.resolve("before");
        Path after = dir.resolve("after");
        for (String repository : List.of("platform-repository/mesh", "provider-repository/ports")) {
            copy(SAMPLES.resolve(repository), before.resolve(repository));
            copy(SAMPLES.resolve(repository), after.resolve(repository));
        }
        copy(PROVIDER.resolve("decisions"), after.resolve("decisions"));
        copy(SAMPLES.resolve("consumer-repository"), after.resolve("consumer-repository"));

        for (String workflow : List.of("github.yaml", "gitlab.yaml")) {
            String text = Files.readString(SAMPLES.resolve("pull-requests").resolve(workflow));
            String appliedBy = text.lines()
                    .filter(line -> line.strip().startsWith("APPLIED_BY: "))
                    .map(line -> line.substring(line.indexOf(':') + 1))
                    .findFirst()
                    .orElse("");
            List<String> plans = Pattern.compile("\\bplan [/a-z]*before [/a-z]*after ([^>]*)>")
                    .matcher(text.replace("\\\n", " ").replace("$APPLIED_BY", appliedBy))
                    .results()
                    .map(found -> found.group(1).strip())
                    .toList();
            assertThat(plans).as(workflow).isNotEmpty();
            for (String options : plans) {
                StringWriter out = new StringWriter();
                StringWriter err = new StringWriter();
                List<String> words = new ArrayList<>(List.of("plan", before.toString(), after.toString()));
                words.addAll(List.of(options.split("\\s+")));
                int code = Main.run(
                        new Console(new PrintWriter(out), new PrintWriter(err), false, Clock.systemUTC()),
                        words.toArray(String[]::new));
                assertThat(code).as(workflow + ": " + out + err).isZero();
                assertThat(out.toString())
                        .as(workflow)
                        .contains("forecasting/shipments", "fulfilment/employees")
                        .doesNotContain("Refused");
            }
        }
    }

    /** What both workflows do to a provider's repository before they plan. */
    @ParameterizedTest
    @ValueSource(strings = {"github.yaml", "gitlab.yaml"})
    void bothWorkflowsPlanWhatIsApplied(String workflow, @TempDir Path dir) throws Exception {
        PullRequest pullRequest = new PullRequest(dir, workflow);
        pullRequest.propose(repository -> {
            write(
                    repository.resolve("decisions/felix@example.com/revoked.yaml"),
                    read(SAMPLES.resolve("later/shipments-forecasting-revoked.yaml")));
            // moved to where nobody applies it
            write(repository.resolve("old/shipments.yaml"), read(repository.resolve("ports/shipments.yaml")));
            Files.delete(repository.resolve("ports/shipments.yaml"));
            write(repository.resolve("ports/deeper/more.yaml"), "kind: Other\n");
            write(repository.resolve(".sourceignore"), "/ports\n");
        });

        assertThat(pullRequest.check()).isEmpty();

        assertThat(pullRequest.planned("before"))
                .containsExactlyInAnyOrder(
                        "decisions/frieda@example.com/shipments-forecasting.yaml",
                        "ports/shipments.yaml",
                        "mesh/teams.yaml",
                        "agreements/shipments.yaml");
        assertThat(pullRequest.planned("after"))
                .containsExactlyInAnyOrder(
                        "decisions/frieda@example.com/shipments-forecasting.yaml",
                        "decisions/felix@example.com/revoked.yaml",
                        "ports/deeper/more.yaml",
                        ".sourceignore",
                        "mesh/teams.yaml",
                        "agreements/shipments.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"github.yaml", "gitlab.yaml"})
    void neitherWorkflowLetsInWhatIsReadInTwoWays(String workflow, @TempDir Path dir) throws Exception {
        PullRequest files = new PullRequest(Files.createDirectory(dir.resolve("files")), workflow);
        files.propose(repository -> {
            Files.createSymbolicLink(repository.resolve("ports/link.yaml"), Path.of("shipments.yaml"));
            for (String name : List.of("x.json", "Kustomization", ".x.yaml", "x.png/x.yaml", "x.YAML")) {
                write(repository.resolve("ports").resolve(name), "kind: OutputPort\n");
            }
            write(repository.resolve("decisions/README.md"), "Decisions\n");
            git(repository, "update-index", "--add", "--cacheinfo", "160000," + "1".repeat(40) + ",ports/sub");
        });
        assertThat(files.check())
                .contains(
                        "ports/link.yaml: is a link",
                        "ports/sub: is a link or a submodule",
                        "ports/x.json: not all",
                        "ports/Kustomization: not all",
                        "ports/.x.yaml: not all",
                        "ports/x.png/x.yaml: not all",
                        "ports/x.YAML: not all",
                        "decisions/README.md: not all")
                .doesNotContain("ports/shipments.yaml:");

        PullRequest decisions = new PullRequest(Files.createDirectory(dir.resolve("decisions")), workflow);
        decisions.propose(repository -> {
            write(repository.resolve("ports/x.yaml"), HONEST);
            write(repository.resolve("CODEOWNERS"), "/decisions/" + MALLORY + "/ @mallory\n");
            write(repository.resolve("check-decisions"), "exit 0\n");
            write(
                    repository.resolve("decisions/" + MALLORY + "/x.yaml"),
                    HONEST.replace("by: " + FRIEDA, "by: " + MALLORY));
        });
        assertThat(decisions.check()).contains("ports/x.yaml: has a Decision", "do not have one person alone");
    }

    /** What somebody proposes. */
    private interface Proposal {
        void edit(Path repository) throws Exception;
    }

    /** A pull request on the provider's repository, as the machine sees it that runs a workflow. */
    private static final class PullRequest {
        private final Path dir;
        private final String workflow;
        private final Path repository;

        PullRequest(Path dir, String workflow) throws Exception {
            this.dir = dir;
            this.workflow = workflow;
            repository = dir.resolve(workflow.equals("github.yaml") ? "after/this" : "clone");
            copy(PROVIDER, repository);
            git(repository, "init", "-q", "-b", "main");
            commit("merged");
            Path origin = dir.resolve("origin/fulfilment/data-products.git");
            git(dir, "clone", "-q", "--bare", repository.toString(), origin.toString());
            git(repository, "remote", "add", "origin", origin.toString());
            Path mesh = other("platform/data-mesh", "data-mesh", "mesh/teams.yaml");
            write(mesh.resolve("bootstrap/x.yaml"), "kind: Other\n");
            other("forecasting/data-access", "forecasting", "agreements/shipments.yaml");
        }

        private Path other(String project, String name, String file) throws Exception {
            if (workflow.equals("github.yaml")) {
                Path there = dir.resolve("others").resolve(name);
                write(there.resolve(file), "kind: Other\n");
                return there;
            }
            Path there = dir.resolve("origin").resolve(project + ".git");
            write(there.resolve(file), "kind: Other\n");
            git(there, "init", "-q", "-b", "main");
            git(there, "add", "-A");
            git(there, "commit", "-q", "-m", "all");
            return there;
        }

        private void commit(String message) throws Exception {
            git(repository, "add", "-A");
            git(repository, "commit", "-q", "-m", message);
        }

        void propose(Proposal proposal) throws Exception {
            git(repository, "checkout", "-q", "-b", "proposal");
            git(repository, "commit", "-q", "--allow-empty", "-m", "first");
            proposal.edit(repository);
            git(repository, "add", "--ignore-removal", ".");
            git(repository, "add", "-u", "--", ":!ports/sub");
            git(repository, "commit", "-q", "-m", "proposed");
            if (workflow.equals("github.yaml")) {
                git(repository, "checkout", "-q", "-f", "main");
                git(repository, "merge", "-q", "--no-ff", "-m", "merge", "proposal");
            }
        }

        /** What the job says that ends with an error; nothing where it ends well. */
        String check() throws Exception {
            JsonNode yaml = documents(SAMPLES.resolve("pull-requests").resolve(workflow))
                    .findFirst()
                    .orElseThrow();
            boolean github = workflow.equals("github.yaml");
            String script = github
                    ? yaml.findValue("run").textValue()
                    : yaml.at("/gather/script")
                            .valueStream()
                            .map(JsonNode::textValue)
                            .collect(Collectors.joining("\n"));
            // in place of the image
            Path docker = dir.resolve("bin/docker");
            write(docker, "#!/bin/sh\necho plan\n");
            assertThat(docker.toFile().setExecutable(true)).isTrue();
            ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", script)
                    .directory(github ? dir.toFile() : repository.toFile())
                    .redirectErrorStream(true);
            Map<String, String> environment = shell.environment();
            environment.putAll(IDENTITY);
            environment.put("PATH", dir.resolve("bin") + ":" + environment.get("PATH"));
            environment.put("IMAGE", "image");
            environment.put("GITHUB_STEP_SUMMARY", dir.resolve("summary").toString());
            environment.put("GITHUB_OUTPUT", dir.resolve("output").toString());
            environment.put("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main");
            environment.put("CI_PROJECT_PATH", "fulfilment/data-products");
            environment.put("CI_JOB_TOKEN", "token");
            environment.put("CI_SERVER_HOST", "git.example.com");
            environment.put("GIT_CONFIG_COUNT", "1");
            environment.put("GIT_CONFIG_KEY_0", "url." + dir.resolve("origin") + "/.insteadOf");
            environment.put("GIT_CONFIG_VALUE_0", "https://gitlab-ci-token:token@git.example.com/");
            Process process = shell.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : "failed: " + said;
        }

        /** The files of all repositories on one side, without the name of the repository. */
        List<String> planned(String side) {
            Path root = (workflow.equals("github.yaml") ? dir : repository).resolve(side);
            return walked(root).stream()
                    .filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .map(file -> file.substring(file.indexOf('/') + 1))
                    .toList();
        }
    }

    private static final Map<String, String> IDENTITY = Map.of(
            "GIT_AUTHOR_NAME", "Test",
            "GIT_AUTHOR_EMAIL", "test@example.com",
            "GIT_COMMITTER_NAME", "Test",
            "GIT_COMMITTER_EMAIL", "test@example.com");

    private static void git(Path where, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        ProcessBuilder git =
                new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
        git.environment().putAll(IDENTITY);
        Process process = git.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static void copy(Path from, Path to) {
        walked(from).forEach(path -> {
            try {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static List<Path> walked(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theScriptsOfBothAreShell(@TempDir Path dir) throws Exception {
        Stream<String> github = documents(SAMPLES.resolve("pull-requests/github.yaml"))
                .flatMap(workflow -> workflow.findValuesAsText("run").stream());
        Stream<String> gitlab = documents(SAMPLES.resolve("pull-requests/gitlab.yaml"))
                .flatMap(pipeline -> pipeline.findValues("script").stream())
                .flatMap(JsonNode::valueStream)
                .map(JsonNode::textValue);
        for (String script : Stream.concat(github, gitlab).toList()) {
            Path file = Files.writeString(dir.resolve("script"), script);
            assertThat(run(dir, "sh", "-n", file.toString())).as(script).isEqualTo(0);
        }
    }

    // ---------------------------------------------------------------------------------------- whose name

    private static final String HONEST =
            read(PROVIDER.resolve("decisions/frieda@example.com/shipments-forecasting.yaml"));

    @Test
    void theSampleDecisionsLieInTheRightFolders(@TempDir Path dir) throws Exception {
        copy(PROVIDER, dir);
        assertThat(check(dir)).isEmpty();
        // as below Kubernetes 1.36
        write(
                dir.resolve("decisions/felix@example.com/revoked.yaml"),
                read(SAMPLES.resolve("later/shipments-forecasting-revoked.yaml"))
                        + "  recordedBy: system:serviceaccount:gitops-sync:fulfilment-decisions\n  authority: Decide\n");
        assertThat(check(dir)).isEmpty();
        Files.move(dir.resolve("decisions"), dir.resolve("ports/decisions"));
        assertThat(check(dir))
                .contains("ports/decisions/frieda@example.com/shipments-forecasting.yaml: has a Decision");
    }

    @Test
    void whereNothingIsDecidedYetNothingIsWrong(@TempDir Path dir) throws Exception {
        copy(PROVIDER.resolve("ports"), dir.resolve("ports"));
        assertThat(check(dir)).isEmpty();
    }

    @Test
    void whoeverMergesInTheirOwnFolderDecidesInTheirOwnName(@TempDir Path dir) throws Exception {
        List<String> slipped = List.of(
                "  by: frieda@example.com",
                "  \"by\": frieda@example.com",
                "  ? by\n  : frieda@example.com",
                "  reason: \"x\n  by: frieda@example.com\"",
                "  reason: |\n    x",
                "  metadata: {by: x}",
                "  <<: *other",
                "spec: {by: frieda@example.com}",
                "{\"spec\": {\"by\": \"frieda@example.com\"}}",
                "---\napiVersion: portcullis.dev/v1alpha1\nkind: Decision\nspec:\n  outputPort: shipments-v1",
                "---\nkind: List\nitems: []",
                "---\nkind: OutputPort",
                "\tby: frieda@example.com",
                "  reason: x\u2028  by: frieda@example.com",
                "metadata:\n  generateName: more-",
                "metadata:\n  annotations:\n    kustomize.toolkit.fluxcd.io/reconcile: disabled",
                "metadata:\n  annotations:\n    argocd.argoproj.io/hook: Skip");
        String honest = HONEST.replace("by: " + FRIEDA, "by: " + MALLORY);
        write(dir.resolve("CODEOWNERS"), "/decisions/mallory@example.com/ @mallory\n");
        write(dir.resolve("decisions").resolve(MALLORY).resolve("honest.yaml"), honest);
        assertThat(check(dir)).isEmpty();

        for (int i = 0; i < slipped.size(); i++) {
            write(dir.resolve("decisions").resolve(MALLORY).resolve(i + ".yaml"), honest + slipped.get(i) + "\n");
        }
        String said = check(dir);
        for (int i = 0; i < slipped.size(); i++) {
            assertThat(said).as(slipped.get(i)).contains(MALLORY + "/" + i + ".yaml:");
        }
        assertThat(said).doesNotContain("honest.yaml");
    }

    @Test
    void whatLiesElsewhereIsNotLetIn(@TempDir Path dir) throws Exception {
        List<String> places = List.of(
                "decisions/one.yaml",
                "decisions/mallory@example.com/deeper/one.yaml",
                "decisions/mallory@example.com/one.json",
                "decisions/mallory@example.com/one.yml",
                "decisions/mallory@example.com/one.YAML",
                "decisions/mallory@example.com/.one.yaml",
                "decisions/.mallory/hidden.yaml",
                "ports/one.yaml",
                "ports/deeper/one.yml",
                "ports/one.JSON",
                "ports/.one.yaml",
                "Decisions/mallory@example.com/one.yaml",
                "one.yaml");
        write(dir.resolve("CODEOWNERS"), "/decisions/mallory@example.com/ @mallory\n");
        for (String place : places) {
            write(dir.resolve(place), HONEST.replace("by: " + FRIEDA, "by: deeper"));
        }

        String said = check(dir);

        for (String place : places) {
            // or its folder
            assertThat(said).containsAnyOf(place + ":", place.replace("/hidden.yaml", ":"));
        }
    }

    @Test
    void aDecisionAmongThePortsIsSeenBeforeItIsMerged(@TempDir Path dir) throws Exception {
        List<String> written = List.of(
                "kind: Decision",
                "\"kind\": 'Decision'",
                "{apiVersion: portcullis.dev/v1alpha1, kind: Decision}",
                "kind:\n  Decision",
                "kind: >-\n  Decision",
                "x: &d Decision\nkind: *d",
                "kind: \"De\\u0063ision\"",
                "\"k\\x69nd\": Decision",
                "kind: \"Deci\\\n  sion\"",
                "items:\n- apiVersion: portcullis.dev/v1alpha1\n  kind: Decision",
                "? kind\n: Decision",
                "{x: 'a #', kind: Decision}",
                "{x: \"a\n  #\", kind: Decision}",
                "{kind:\n  Decision, metadata: {name: x}}");
        String port = read(PROVIDER.resolve("ports/shipments.yaml"))
                + "---\n# a Decision is no port\nkind: OutputPort\nreason: no Decision here\n";
        write(dir.resolve("ports/honest.yaml"), port);
        for (int i = 0; i < written.size(); i++) {
            write(dir.resolve("ports/" + i + ".yaml"), port + "---\n" + written.get(i) + "\n");
        }

        String said = check(dir);

        for (int i = 0; i < written.size(); i++) {
            assertThat(said).as(written.get(i)).contains("ports/" + i + ".yaml: has a");
        }
        assertThat(said).doesNotContain("honest.yaml");
    }

    @Test
    void neitherLinksNorAFileWithoutDecisionsAreLetIn(@TempDir Path dir) throws Exception {
        copy(PROVIDER, dir);
        write(dir.resolve("decisions/frieda@example.com/kustomization.yaml"), "# nothing\n");
        Files.createSymbolicLink(dir.resolve("ports/more"), dir.resolve("decisions"));
        assertThat(check(dir)).contains("kustomization.yaml: has no Decision", "ports/more: is a link");
    }

    /** Whoever is in no line of CODEOWNERS is reviewed by the leads, who would decide in that person's name. */
    @Test
    void nobodyDecidesInTheNameOfSomebodyWhoReviewsNothing(@TempDir Path dir) throws Exception {
        List<String> owners = List.of(
                "",
                "# /decisions/WHO/ @WHO",
                "/decisions/ @WHO",
                "/decisions/WHO/",
                "/decisions/WHO/ @WHO @eve",
                "/decisions/WHO/ @example/leads",
                "/decisions/WHO/ @WHO\n/decisions/ @eve",
                "/decisions/WHO/ @WHO\n* @eve",
                "/decisions/WHOm/ @WHO");
        StringBuilder merged = new StringBuilder();
        for (int i = 0; i < owners.size(); i++) {
            merged.append(owners.get(i).replace("WHO", "p" + i)).append('\n');
            write(dir.resolve("decisions/p" + i + "/one.yaml"), HONEST.replace("by: " + FRIEDA, "by: p" + i));
        }
        write(dir.resolve("decisions").resolve(FRIEDA).resolve("one.yaml"), HONEST);
        write(dir.resolve("merged/CODEOWNERS"), merged + "/decisions/frieda@example.com/ @frieda # herself\n");
        // what a change proposes does not count
        write(dir.resolve("CODEOWNERS"), "/decisions/p0/ @p0\n");

        String said = check(dir, ".", "merged");

        for (int i = 0; i < owners.size(); i++) {
            assertThat(said).as(owners.get(i)).contains("decisions/p" + i + "/one.yaml: CODEOWNERS");
        }
        assertThat(said).doesNotContain(FRIEDA);
        // the first place counts
        write(dir.resolve("merged/.github/CODEOWNERS"), "* @example/data-platform\n");
        assertThat(check(dir, ".", "merged")).contains(FRIEDA + "/one.yaml: CODEOWNERS");
    }

    /** What it says; nothing where all is well. */
    private static String check(Path where, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("sh", PROVIDER.resolve("check-decisions").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(said.isEmpty() ? 0 : 1);
        return said;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private static int run(Path where, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    // ---------------------------------------------------------------------------------------- reading

    private static Stream<JsonNode> argoCd(String file) {
        return documents(SAMPLES.resolve("argocd").resolve(file));
    }

    private static Stream<JsonNode> flux(String kind) {
        return yamlFiles(SAMPLES.resolve("flux"))
                .flatMap(GitopsFilesTest::documents)
                .filter(document -> text(document, "/kind").equals(kind));
    }

    private static Stream<Path> yamlFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> documents(Path file) {
        try (var all = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return List.copyOf(all.readAll()).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(JsonNode node, String pointer) {
        return node.at(pointer).asText();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

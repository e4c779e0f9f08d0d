package dev.portcullis.cli.manifests;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What makes those who apply a folder (Argo CD, Flux, Kustomize, Helm, Git itself) apply something else than the manifests in it. It is refused and not followed: a plan of
 * something else is worse than none, and whoever proposes a change would choose what the plan does not see. Whoever renders has the outcome planned.
 */
final class Steering {
    private static final Pattern KUSTOMIZE = Pattern.compile("kustomization\\.ya?ml|Kustomization");
    private static final Pattern HELM = Pattern.compile("Chart\\.yaml");
    private static final Pattern JSONNET = Pattern.compile(".*\\.(jsonnet|libsonnet)");
    private static final Pattern ARGO_CD = Pattern.compile("\\.argocd-source(-.*)?\\.yaml");
    private static final Pattern IGNORED = Pattern.compile("\\.(sourceignore|krmignore)");
    private static final Pattern SUBMODULES = Pattern.compile("\\.gitmodules");

    /** Of the names that Flux leaves out of what it fetches those which may have manifests. */
    private static final Set<String> NOT_FETCHED_BY_FLUX = Set.of(
            ".travis.yml",
            ".gitlab-ci.yml",
            "appveyor.yml",
            ".drone.yml",
            "cloudbuild.yaml",
            "codeship-services.yml",
            "codeship-steps.yml",
            ".goreleaser.yml",
            ".sops.yaml",
            ".flux.yaml");

    private static final String SKIPPED_BY_ARGO_CD = "+argocd:skip-file-rendering";
    private static final String LFS_POINTER = "version https://git-lfs.github.com/spec/";

    private Steering() {}

    /** Whether a file is one that says how the others are applied. Nothing in it is looked at. */
    static boolean isIn(String path) {
        return meaning(path).isPresent();
    }

    /** What is wrong with a file by its name; empty: nothing. */
    static Optional<String> faultOf(String path) {
        return meaning(path)
                .map(
                        meaning -> meaning
                                + ", so what is read here would not be what is applied: leave it out, or plan what comes of it in a folder of its own");
    }

    /** What is wrong with the text of a file; empty: nothing. */
    static Optional<String> faultIn(SourceFile file) {
        return file.text().startsWith(LFS_POINTER)
                ? Optional.of(
                        "this stands for a file in Git LFS, and some apply that one: put the manifests themselves here")
                : Optional.empty();
    }

    /** What is wrong with a file that has manifests; empty: nothing. */
    static Optional<String> faultOfManifests(SourceFile file) {
        if (file.text().contains(SKIPPED_BY_ARGO_CD)) {
            return Optional.of("Argo CD passes over files that say " + SKIPPED_BY_ARGO_CD
                    + ", and deletes what they had: take that line out, or the file");
        }
        return NOT_FETCHED_BY_FLUX.contains(name(file.name()))
                ? Optional.of("Flux passes over files of this name, and deletes what they had: give it another one")
                : Optional.empty();
    }

    private static Optional<String> meaning(String path) {
        String name = name(path);
        if (KUSTOMIZE.matcher(name).matches()) {
            return Optional.of("Kustomize makes manifests by it");
        }
        if (HELM.matcher(name).matches()) {
            return Optional.of("this makes a Helm chart of the folder");
        }
        if (JSONNET.matcher(name).matches()) {
            return Optional.of("Argo CD makes manifests by running it");
        }
        if (ARGO_CD.matcher(name).matches()) {
            return Optional.of("it tells Argo CD to read the folder in another way");
        }
        if (IGNORED.matcher(name).matches()) {
            return Optional.of("it has files left out");
        }
        return SUBMODULES.matcher(name).matches()
                ? Optional.of("manifests of another repository come in by it")
                : Optional.empty();
    }

    /** The last part; at a revision the first one follows a colon. */
    static String name(String path) {
        return path.substring(
                Math.max(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')), path.lastIndexOf(':')) + 1);
    }
}

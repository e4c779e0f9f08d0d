package dev.portcullis.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What a manifest tells those who apply it, where that is something else than to apply it.
 *
 * @param written key and value
 * @param effect what they do then
 * @param bears what of a plan it bears on
 */
record ToolSetting(String written, String effect, Bears bears) {
    /** What becomes of an object otherwise than a plan says. */
    enum Bears {
        /** Its end: it stays when its manifest goes. */
        END,
        /** That it is applied, and its end as well. */
        ALL,
        /** How it is applied; it goes with its manifest. */
        WAY
    }

    private static final String ARGO_CD = "argocd.argoproj.io/";
    private static final String FLUX = "kustomize.toolkit.fluxcd.io/";
    private static final String STAYS = "does not delete it when its manifest goes, and the access stays";
    private static final String ALONE =
            "leaves it alone: what the manifest says is not applied, and it is not deleted when the manifest goes";

    /** All that stand in the metadata. Flux reads its own in labels, too. */
    static List<ToolSetting> of(JsonNode metadata) {
        List<ToolSetting> settings = new ArrayList<>();
        BiConsumer<String, String> look =
                (key, value) -> effect(key, value).ifPresent(found -> settings.add(found.written(key, value)));
        metadata.path("annotations")
                .properties()
                .forEach(entry -> look.accept(entry.getKey(), entry.getValue().asText()));
        metadata.path("labels").properties().stream()
                .filter(entry -> entry.getKey().startsWith(FLUX))
                .forEach(entry -> look.accept(entry.getKey(), entry.getValue().asText()));
        return settings;
    }

    private record Effect(String text, Bears bears) {
        ToolSetting written(String key, String value) {
            return new ToolSetting(key + ": " + value, text, bears);
        }
    }

    private static Optional<Effect> effect(String key, String value) {
        String word = value.strip().toLowerCase(Locale.ROOT);
        return switch (key) {
            case ARGO_CD + "hook", "helm.sh/hook" ->
                Optional.of(new Effect(
                        "Argo CD takes it as a hook, or not at all: it may be made anew at each sync, which asks anew, and does not go with its manifest",
                        Bears.ALL));
            case ARGO_CD + "sync-options" -> ofSyncOptions(word);
            case ARGO_CD + "sync-wave" ->
                when(
                        !word.equals("0"),
                        "Argo CD applies it when all of the earlier waves is Healthy, which an agreement that waits for somebody is not",
                        Bears.WAY);
            case "helm.sh/resource-policy" ->
                when(word.equals("keep"), "Helm, and Argo CD in its place, " + STAYS, Bears.END);
            case FLUX + "prune" -> when(word.equals("disabled"), "Flux " + STAYS, Bears.END);
            case FLUX + "reconcile" -> when(word.equals("disabled"), "Flux " + ALONE, Bears.ALL);
            case FLUX + "ssa" ->
                word.equals("ignore")
                        ? Optional.of(new Effect("Flux " + ALONE, Bears.ALL))
                        : when(
                                word.equals("ifnotpresent"),
                                "Flux makes it where it is not there, and never changes it afterwards",
                                Bears.WAY);
            case FLUX + "force" ->
                when(
                        word.equals("enabled") || word.equals("true"),
                        "Flux deletes it and makes it anew where a change is refused: that is another agreement, or another port, and whoever had the access is revoked",
                        Bears.WAY);
            case "config.kubernetes.io/local-config" ->
                when(
                        !word.equals("false"),
                        "Kustomize and Flux do not apply it, and delete it where it is there",
                        Bears.WAY);
            default -> Optional.empty();
        };
    }

    private static Optional<Effect> ofSyncOptions(String word) {
        Set<String> options = Set.copyOf(
                Arrays.stream(word.split(",", -1)).map(String::strip).distinct().toList());
        if (options.contains("prune=false") || options.contains("prune=confirm")) {
            return Optional.of(new Effect("Argo CD " + STAYS, Bears.END));
        }
        return when(
                options.contains("replace=true") || options.contains("force=true"),
                "Argo CD puts it in the place of what is there, without what the API server stamped and others switched, or makes it anew",
                Bears.WAY);
    }

    private static Optional<Effect> when(boolean said, String text, Bears bears) {
        return said ? Optional.of(new Effect(text, bears)) : Optional.empty();
    }

    @Override
    public String toString() {
        return written + ", with which " + effect;
    }
}

package dev.portcullis.benchmark.load;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests the API server has answered, by its own count: how many of each verb and resource, of those that concern the operator. The server's own work on
 * itself is left out.
 *
 * @param byVerb {@code PATCH datausageagreements/status} and the like
 */
public record ApiCounts(Map<String, Long> byVerb) {
    private static final Pattern LINE = Pattern.compile("apiserver_request_total\\{([^}]*)\\} (\\S+)");

    public ApiCounts {
        byVerb = Map.copyOf(byVerb);
    }

    public static ApiCounts now(KubernetesClient admin) {
        Map<String, Long> counts = new TreeMap<>();
        Matcher lines = LINE.matcher(admin.raw("/metrics"));
        while (lines.find()) {
            String labels = lines.group(1);
            String group = label(labels, "group").orElse("");
            String resource = label(labels, "resource").orElse("");
            if (group.equals("portcullis.dev") || resource.equals("events") || resource.equals("configmaps")) {
                String sub = label(labels, "subresource")
                        .filter(name -> !name.isEmpty())
                        .map(name -> "/" + name)
                        .orElse("");
                counts.merge(
                        label(labels, "verb").orElse("") + " " + resource + sub,
                        (long) Double.parseDouble(lines.group(2)),
                        Long::sum);
            }
        }
        return new ApiCounts(counts);
    }

    /** What came after another count. */
    ApiCounts since(ApiCounts before) {
        Map<String, Long> more = new TreeMap<>();
        byVerb.forEach((verb, count) -> {
            long difference = count - before.byVerb.getOrDefault(verb, 0L);
            if (difference > 0) {
                more.put(verb, difference);
            }
        });
        return new ApiCounts(more);
    }

    /** All writes to a resource, its subresources included. */
    public long writes(String resource) {
        return byVerb.entrySet().stream()
                .filter(entry -> !isRead(entry.getKey()))
                .filter(entry -> entry.getKey().endsWith(" " + resource)
                        || entry.getKey().contains(" " + resource + "/"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    long writes() {
        return byVerb.entrySet().stream()
                .filter(entry -> !isRead(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static boolean isRead(String verb) {
        return verb.startsWith("GET ") || verb.startsWith("LIST ") || verb.startsWith("WATCH ");
    }

    private static Optional<String> label(String labels, String name) {
        Matcher found = Pattern.compile("(?:^|,)" + name + "=\"([^\"]*)\"").matcher(labels);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}

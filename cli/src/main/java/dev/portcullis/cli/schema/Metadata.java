package dev.portcullis.cli.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What holds for the metadata of every kind: the forms of names, labels, annotations and finalizers. */
final class Metadata {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    private static final int MOST_BYTES_OF_ANNOTATIONS = 256 * 1024;

    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    private static final Pattern WORD = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private static final String SUBDOMAIN_FORM =
            "a name has lower-case letters, digits, - and ., begins and ends with a letter or digit, and has at most 253 characters";
    private static final String NAMESPACE_FORM =
            "the name of a namespace has lower-case letters, digits and -, begins and ends with a letter or digit, and has at most 63 characters";
    private static final String VALUE_FORM =
            "the value of a label has letters, digits, -, _ and ., begins and ends with a letter or digit, and has at most 63 characters";
    private static final String KEY_FORM =
            "a key is NAME or PREFIX/NAME: the name has letters, digits, -, _ and ., begins and ends with a letter or digit, "
                    + "and has at most 63 characters; the prefix is a DNS name like example.com";

    private final boolean namespaced;
    private final List<Refusal> refusals;

    Metadata(boolean namespaced, List<Refusal> refusals) {
        this.namespaced = namespaced;
        this.refusals = refusals;
    }

    void check(JsonNode resource) {
        FieldPath path = FieldPath.ROOT.field("metadata");
        JsonNode metadata = resource.path("metadata");
        if (text(metadata.path("name"), path.field("name"))) {
            checkName(metadata.path("name").asText(), path.field("name"));
        }
        if (text(metadata.path("namespace"), path.field("namespace"))) {
            checkNamespace(metadata.path("namespace").asText(), path.field("namespace"));
        }
        if (texts(metadata.path("labels"), path.field("labels"))) {
            checkLabels(metadata.path("labels"), path.field("labels"));
        }
        if (texts(metadata.path("annotations"), path.field("annotations"))) {
            checkAnnotations(metadata.path("annotations"), path.field("annotations"));
        }
        for (JsonNode finalizer : metadata.path("finalizers")) {
            if (!isQualified(finalizer.asText())) {
                refusals.add(invalid(path.field("finalizers"), finalizer.asText(), KEY_FORM));
            }
        }
    }

    private void checkName(String name, FieldPath path) {
        if (name.isEmpty()) {
            refusals.add(Refusal.blocking(path, "Required value: name or generateName is required"));
        } else if (!isSubdomain(name)) {
            refusals.add(invalid(path, name, SUBDOMAIN_FORM));
        }
    }

    private void checkNamespace(String namespace, FieldPath path) {
        if (!namespaced && !namespace.isEmpty()) {
            refusals.add(Refusal.of(path, "Forbidden: not allowed on this type"));
        } else if (namespaced && namespace.isEmpty()) {
            refusals.add(Refusal.blocking(path, "Required value"));
        } else if (namespaced
                && (namespace.length() > LONGEST_LABEL
                        || !NAMESPACE.matcher(namespace).matches())) {
            refusals.add(invalid(path, namespace, NAMESPACE_FORM));
        }
    }

    private void checkLabels(JsonNode labels, FieldPath path) {
        labels.properties().forEach(label -> {
            String value = label.getValue().asText("");
            if (!isQualified(label.getKey())) {
                refusals.add(invalid(path, label.getKey(), KEY_FORM));
            }
            if (value.length() > LONGEST_LABEL || !LABEL_VALUE.matcher(value).matches()) {
                refusals.add(invalid(path, value, VALUE_FORM));
            }
        });
    }

    private void checkAnnotations(JsonNode annotations, FieldPath path) {
        long bytes = 0;
        for (var annotation : annotations.properties()) {
            bytes += bytes(annotation.getKey()) + bytes(annotation.getValue().asText(""));
            if (!isQualified(annotation.getKey().toLowerCase(Locale.ROOT))) {
                refusals.add(invalid(path, annotation.getKey(), KEY_FORM));
            }
        }
        if (bytes > MOST_BYTES_OF_ANNOTATIONS) {
            refusals.add(
                    Refusal.blocking(path, "Too long: may not be more than " + MOST_BYTES_OF_ANNOTATIONS + " bytes"));
        }
    }

    /** Whether it is a text or nothing at all; else that is said. */
    private boolean text(JsonNode value, FieldPath path) {
        boolean fits = value.isTextual() || value.isNull() || value.isMissingNode();
        if (!fits) {
            refusals.add(Refusal.blocking(path, "Invalid value: " + Printed.of(value) + ": must be a text: quote it"));
        }
        return fits;
    }

    private boolean texts(JsonNode map, FieldPath path) {
        if (map.isNull() || map.isMissingNode()) {
            return true;
        }
        if (!map.isObject()) {
            refusals.add(Refusal.blocking(path, "Invalid value: " + Printed.of(map) + ": must be a map of texts"));
            return false;
        }
        int before = refusals.size();
        map.properties().forEach(entry -> text(entry.getValue(), path.key(entry.getKey())));
        return refusals.size() == before;
    }

    private static boolean isQualified(String key) {
        int slash = key.indexOf('/');
        String name = key.substring(slash + 1);
        return (slash < 0 || isSubdomain(key.substring(0, slash)))
                && name.length() <= LONGEST_LABEL
                && WORD.matcher(name).matches();
    }

    private static boolean isSubdomain(String name) {
        return name.length() <= LONGEST_NAME && SUBDOMAIN.matcher(name).matches();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Refusal invalid(FieldPath path, String value, String form) {
        return Refusal.of(path, "Invalid value: " + Printed.of(value) + ": " + form);
    }
}

package dev.portcullis.cli.document;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;

/** What data products and output ports are called in documents of open standards. */
public final class StandardId {
    /**
     * Annotation on a data product or an output port: its id in such documents, where that is another than its name makes. Not below portcullis.dev/, where admission
     * knows every annotation.
     */
    public static final String ANNOTATION = "standards.portcullis.dev/id";

    private StandardId() {}

    /** The id that a resource came with. */
    public static Optional<String> given(HasMetadata resource) {
        return Optional.ofNullable(resource.getMetadata().getAnnotations()).orElse(Map.of()).entrySet().stream()
                .filter(annotation -> annotation.getKey().equals(ANNOTATION))
                .map(Map.Entry::getValue)
                .filter(id -> !id.isBlank())
                .findFirst();
    }

    /** Of what is in a namespace, among all there are: neither part can have a dot in it. */
    public static String qualified(String namespace, String name) {
        return namespace + "." + name;
    }
}

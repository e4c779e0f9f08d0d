package dev.portcullis.engine.policy;

import dev.portcullis.api.policy.PortSelector;
import dev.portcullis.api.port.OutputPort;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Whether a policy is about a port. */
final class PolicyScope {
    private PolicyScope() {}

    /** Empty: it goes by the labels of a namespace that nobody has seen yet. Objects of several kinds are created at once and seen one after the other. */
    static Optional<Boolean> covers(
            PortSelector selector, OutputPort port, Function<String, Optional<Map<String, String>>> labelsOf) {
        String namespace = port.getMetadata().getNamespace();
        boolean named =
                (selector.namespaces().isEmpty() || selector.namespaces().contains(namespace))
                        && (selector.products().isEmpty()
                                || selector.products().contains(port.getSpec().dataProduct()));
        return !named || selector.namespaceLabels().isEmpty()
                ? Optional.of(named)
                : labelsOf.apply(namespace)
                        .map(labels -> labels.entrySet()
                                .containsAll(selector.namespaceLabels().entrySet()));
    }
}

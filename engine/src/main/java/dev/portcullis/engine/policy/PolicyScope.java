package dev.portcullis.engine.policy;

import dev.portcullis.api.policy.PortSelector;
import dev.portcullis.api.port.OutputPort;
import java.util.Map;
import java.util.function.Function;

/** Whether a policy is about a port. */
final class PolicyScope {
    private PolicyScope() {}

    static boolean covers(PortSelector selector, OutputPort port, Function<String, Map<String, String>> labelsOf) {
        String namespace = port.getMetadata().getNamespace();
        return (selector.namespaces().isEmpty() || selector.namespaces().contains(namespace))
                && (selector.products().isEmpty()
                        || selector.products().contains(port.getSpec().dataProduct()))
                && (selector.namespaceLabels().isEmpty()
                        || labelsOf.apply(namespace)
                                .entrySet()
                                .containsAll(selector.namespaceLabels().entrySet()));
    }
}

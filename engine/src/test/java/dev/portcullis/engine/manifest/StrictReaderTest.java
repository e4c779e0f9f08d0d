package dev.portcullis.engine.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.policy.ApprovalPolicySpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrictReaderTest {
    @Test
    void nothingInAListIsAFaultWithItsLine() {
        assertThat(faults("mode: Mandatory\nports:\n  products:\n  - a\n  -\n", ApprovalPolicySpec.class))
                .containsExactly(new Fault(
                        "a.yaml",
                        5,
                        "nothing is written here, and a value is meant: write one, or leave the entry out"));
    }

    private static List<Fault> faults(String yaml, Class<?> type) {
        List<Fault> faults = new ArrayList<>();
        YamlDocument document = YamlText.documents("a.yaml", yaml, faults).get(0);
        StrictReader.read(document, "", type, faults);
        return faults;
    }
}

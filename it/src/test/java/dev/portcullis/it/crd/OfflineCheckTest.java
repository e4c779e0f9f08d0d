package dev.portcullis.it.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portcullis.cli.schema.Refusal;
import dev.portcullis.cli.schema.ResourceCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What {@link SchemaTest} sees the API server take and refuse is taken and refused without one, in the same words. */
class OfflineCheckTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResourceCheck CHECK = new ResourceCheck();

    @TestFactory
    Stream<DynamicTest> valid() {
        return SchemaCase.all("valid")
                .map(one -> DynamicTest.dynamicTest(
                        one.name(),
                        () -> assertThat(answers(one))
                                .allSatisfy(refusals -> assertThat(refusals).isEmpty())));
    }

    @TestFactory
    Stream<DynamicTest> invalid() {
        return SchemaCase.all("invalid").map(one -> DynamicTest.dynamicTest(one.name(), () -> refuses(one)));
    }

    private static void refuses(SchemaCase one) {
        List<List<Refusal>> answers = answers(one);
        int last = answers.size() - 1;
        assertThat(answers.subList(0, last))
                .allSatisfy(refusals -> assertThat(refusals).isEmpty());
        List<String> said = answers.get(last).stream().map(Refusal::toString).toList();
        assertThat(said).isNotEmpty();
        assertThat(one.expected())
                .allSatisfy(expected -> assertThat(said).anyMatch(refusal -> refusal.contains(expected)));
        assertThat(said).allSatisfy(refusal -> assertThat(one.expected()).anyMatch(refusal::contains));
    }

    /** What is said of each document, as a change of the one before it. */
    private static List<List<Refusal>> answers(SchemaCase one) {
        List<List<Refusal>> answers = new ArrayList<>();
        JsonNode before = null;
        for (Object document : one.documents()) {
            JsonNode after = JSON.valueToTree(document);
            answers.add(CHECK.check(before, after));
            before = after;
        }
        return answers;
    }
}

package dev.portcullis.cli.exports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.Consumer;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.DecisionRecord.Verdict;
import dev.portcullis.api.agreement.Phase;
import dev.portcullis.api.agreement.Provider;
import dev.portcullis.api.port.Contract;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.port.OutputPortSpec;
import dev.portcullis.api.port.PostgresqlObjects;
import dev.portcullis.api.port.Table;
import dev.portcullis.cli.document.DocumentWriter;
import dev.portcullis.cli.document.Format;
import dev.portcullis.cli.document.StandardSchema;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever the API server takes and the operator makes of it has valid documents, which say the same when they are read. */
class ExportPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @Property
    void everyAgreementHasADocumentOfEachStandard(
            @ForAll("specs") DataUsageAgreementSpec spec,
            @ForAll("statuses") Optional<DataUsageAgreementStatus> status,
            @ForAll("texts") String version) {
        DataUsageAgreement agreement = new DataUsageAgreement();
        agreement.setMetadata(new ObjectMetaBuilder()
                .withName("churn")
                .withNamespace("marketing")
                .build());
        agreement.setSpec(spec);
        status.ifPresent(agreement::setStatus);
        Inventory inventory = new Inventory(List.of(agreement), List.of(port(version)), List.of(), List.of());

        for (Standard standard : Standard.values()) {
            Export export = Export.of(inventory, standard, Optional.empty(), NOW);

            assertThat(export.leftOut()).isEmpty();
            ObjectNode document = export.documents().values().iterator().next();
            assertThat(
                            standard == Standard.DUAS
                                    ? StandardSchema.DUAS.faults(document)
                                    : StandardSchema.ODAA.faults(document))
                    .as(document.toPrettyString())
                    .isEmpty();
            String yaml = DocumentWriter.text(Format.YAML, document);
            assertThat(StandardSchema.documents(yaml)).as(yaml).hasToString("[" + document + "]");
            assertThat(document.at(standard == Standard.DUAS ? "/info/purpose" : "/description/purpose")
                            .asText())
                    .isEqualTo(spec.purpose());
        }
    }

    private static OutputPort port(String version) {
        OutputPort port = new OutputPort();
        port.setMetadata(new ObjectMetaBuilder()
                .withName("orders-v1")
                .withNamespace("checkout")
                .build());
        port.setSpec(new OutputPortSpec(
                "orders",
                null,
                "warehouse",
                new PostgresqlObjects("shop", "sales", List.of(new Table("orders", null)), null),
                null,
                false,
                false,
                null,
                new Contract("orders-contract", version),
                null,
                false,
                null));
        return port;
    }

    @Provide
    Arbitrary<DataUsageAgreementSpec> specs() {
        Arbitrary<Consumer> consumers = Arbitraries.of(
                new Consumer("taylor@example.com", null, null),
                new Consumer("system:serviceaccount:marketing:churn", null, "growth"),
                new Consumer(null, "churn", null),
                new Consumer(null, null, "marketing"));
        Arbitrary<@Nullable String> starts = Arbitraries.of(
                        "2026-12-01", "2026-12-01T08:00:00.123456789+01:00", "0000-01-01T00:00:00+12:00")
                .injectNull(0.5);
        Arbitrary<@Nullable String> ends = Arbitraries.of("2027-03-31", "2027-03-31T00:00:00Z", "9999-12-31")
                .injectNull(0.5);
        return Combinators.combine(
                        texts().map(text -> text + " is the purpose"),
                        consumers,
                        starts,
                        ends,
                        texts().list().ofMaxSize(3),
                        Arbitraries.maps(texts(), texts()).ofMaxSize(3),
                        Arbitraries.of(true, false))
                .as((purpose, consumer, start, end, tags, links, counted) -> new DataUsageAgreementSpec(
                        purpose,
                        new Provider("checkout", "orders-v1"),
                        consumer,
                        start,
                        counted ? null : end,
                        counted ? "P3M" : null,
                        false,
                        false,
                        tags,
                        links,
                        links,
                        tags.isEmpty() ? null : tags.get(0),
                        links,
                        null));
    }

    @Provide
    Arbitrary<Optional<DataUsageAgreementStatus>> statuses() {
        return Combinators.combine(Arbitraries.of(ApprovalStatus.values()), Arbitraries.of(Phase.values()), texts())
                .as((approval, phase, reason) -> status(approval, phase, reason))
                .optional();
    }

    private static DataUsageAgreementStatus status(ApprovalStatus approval, Phase phase, String reason) {
        List<DecisionRecord> decisions = approval == ApprovalStatus.Requested
                ? List.of()
                : List.of(new DecisionRecord(
                        approval == ApprovalStatus.Approved ? Verdict.approved : Verdict.rejected,
                        "olga@example.com",
                        null,
                        "2026-11-21T09:30:00Z",
                        reason,
                        null,
                        Map.of(),
                        DecisionRecord.Via.Annotation,
                        null,
                        "2027-01-31",
                        null,
                        null,
                        List.of()));
        return new DataUsageAgreementStatus(
                1L,
                phase,
                null,
                new Approval(approval, null, null, decisions, List.of(), null),
                phase == Phase.Active,
                null,
                null,
                List.of(),
                List.of(),
                null,
                "2027-02-01T00:00:00Z");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(30),
                Arbitraries.of(
                        "1.2.3", "01.2", "https://example.com/a?b=c", "our page", "a\nb", "🚀", "true", "2026-12-01"));
    }
}

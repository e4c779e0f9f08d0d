package dev.portcullis.cli.exports;

import dev.portcullis.api.Bounds;
import dev.portcullis.api.agreement.Approval;
import dev.portcullis.api.agreement.ApprovalStatus;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.api.agreement.DataUsageAgreementSpec;
import dev.portcullis.api.agreement.DataUsageAgreementStatus;
import dev.portcullis.api.agreement.DecisionRecord;
import dev.portcullis.api.agreement.Provisioning;
import dev.portcullis.api.agreement.ProvisioningStatus;
import dev.portcullis.api.agreement.SelectedObjects;
import dev.portcullis.api.agreement.Snapshot;
import dev.portcullis.api.port.OutputPort;
import dev.portcullis.api.product.DataProduct;
import dev.portcullis.api.product.Terms;
import dev.portcullis.cli.document.StandardId;
import dev.portcullis.engine.team.TeamResolution;
import dev.portcullis.engine.team.TeamResolver;
import dev.portcullis.engine.time.Limits;
import dev.portcullis.engine.time.Period;
import dev.portcullis.engine.time.PeriodParser;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out what the standards ask of an agreement. */
final class FactsReader {
    /** Years have four digits in RFC 3339; whoever writes 9999 means for ever. */
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final Inventory inventory;
    private final TeamResolver teams;
    private final Instant now;

    FactsReader(Inventory inventory, Instant now) {
        this.inventory = inventory;
        this.teams = new TeamResolver(inventory);
        this.now = now;
    }

    /** Facts, or why there is no document without inventing some. */
    sealed interface Result {
        record Ok(AgreementFacts facts) implements Result {}

        record Missing(String message) implements Result {}
    }

    Result read(DataUsageAgreement agreement) {
        DataUsageAgreementSpec spec = agreement.getSpec();
        if (!isName(agreement.getMetadata().getNamespace())
                || !isName(agreement.getMetadata().getName())) {
            return new Result.Missing(
                    "no agreement can be called so: a name has lower-case letters, digits and dashes");
        }
        var provider = spec.provider();
        Optional<OutputPort> port = inventory.port(provider.namespace(), provider.outputPort());
        if (port.isEmpty()) {
            return new Result.Missing("its output port " + provider.namespace() + "/" + provider.outputPort()
                    + " is not there, and without it nobody knows the data product: add the manifest of the port");
        }
        if (!(PeriodParser.parse(spec) instanceof PeriodParser.Result.Ok dates)) {
            return new Result.Missing(
                    "its dates are none that exist, so it will never be valid: request another agreement");
        }
        return new Result.Ok(facts(agreement, port.get(), dates.period()));
    }

    private static boolean isName(String name) {
        return name.length() <= Bounds.NAME && name.matches(Bounds.LABEL_PATTERN);
    }

    private AgreementFacts facts(DataUsageAgreement agreement, OutputPort port, Period asked) {
        DataUsageAgreementSpec spec = agreement.getSpec();
        Optional<DataUsageAgreementStatus> status = Optional.ofNullable(agreement.getStatus());
        Optional<Approval> approval = status.map(DataUsageAgreementStatus::approval);
        Optional<Snapshot> snapshot = status.map(DataUsageAgreementStatus::snapshot);
        Optional<Instant> approvedAt = approval.flatMap(FactsReader::approvedAt);
        Period period = approvedAt.isPresent()
                ? Limits.apply(asked, spec.duration(), approval.orElseThrow(), snapshot.orElse(null))
                : asked;
        Optional<Instant> start =
                Stream.concat(asked.start().stream(), approvedAt.stream()).max(Instant::compareTo);
        String namespace = agreement.getMetadata().getNamespace();
        String name = agreement.getMetadata().getName();
        return new AgreementFacts(
                StandardId.qualified(namespace, name),
                name,
                spec.purpose(),
                approval.map(Approval::status).orElse(ApprovalStatus.Requested),
                status.map(DataUsageAgreementStatus::active).orElse(false),
                start.map(FactsReader::writable),
                writable(start.or(() -> created(agreement)).orElse(now)),
                period.end().map(FactsReader::writable),
                status.map(DataUsageAgreementStatus::recertifyBy).map(Instant::parse),
                provider(port, snapshot),
                consumer(agreement, snapshot),
                status.map(DataUsageAgreementStatus::provisioning)
                        .filter(held -> held.status() == ProvisioningStatus.Provisioned)
                        .map(Provisioning::reference),
                terms(spec, port),
                Limitation.of(Stream.concat(
                        Stream.ofNullable(spec.select()), approval.stream().flatMap(FactsReader::allowed))),
                spec.tags(),
                spec.links(),
                Extensions.of(agreement, start.isEmpty()));
    }

    private AgreementFacts.Provider provider(OutputPort port, Optional<Snapshot> snapshot) {
        String namespace = port.getMetadata().getNamespace();
        String product = port.getSpec().dataProduct();
        return new AgreementFacts.Provider(
                snapshot.map(Snapshot::providerTeam)
                        .orElseGet(() -> team(
                                namespace,
                                inventory
                                        .product(namespace, product)
                                        .map(found -> found.getSpec().team())
                                        .orElse(null))),
                productId(namespace, product),
                StandardId.given(port).orElse(port.getMetadata().getName()),
                snapshot.isPresent()
                        ? snapshot.map(Snapshot::contract)
                        : Optional.ofNullable(port.getSpec().contract()));
    }

    private AgreementFacts.Consumer consumer(DataUsageAgreement agreement, Optional<Snapshot> snapshot) {
        String namespace = agreement.getMetadata().getNamespace();
        var consumer = agreement.getSpec().consumer();
        return new AgreementFacts.Consumer(
                Optional.of(snapshot.map(Snapshot::team).orElseGet(() -> team(namespace, consumer.team()))),
                Optional.ofNullable(consumer.dataProduct()).map(product -> productId(namespace, product)),
                Optional.ofNullable(consumer.user()));
    }

    /** The team that acts; where nobody knows, the one that is named, or that has the namespace's name. */
    private String team(String namespace, @Nullable String named) {
        return teams.resolve(namespace, named, "") instanceof TeamResolution.Acting acting
                ? acting.team().name()
                : Optional.ofNullable(named).orElse(namespace);
    }

    private String productId(String namespace, String name) {
        return inventory
                .product(namespace, name)
                .flatMap(StandardId::given)
                .orElseGet(() -> StandardId.qualified(namespace, name));
    }

    /** Only the edition that was accepted; of an earlier one the text is not here. */
    private Optional<String> terms(DataUsageAgreementSpec spec, OutputPort port) {
        return inventory
                .product(port.getMetadata().getNamespace(), port.getSpec().dataProduct())
                .map(DataProduct::getSpec)
                .map(product -> product.terms())
                .filter(terms -> terms.revision().equals(spec.acceptedTerms()))
                .map(Terms::text);
    }

    private static Optional<Instant> approvedAt(Approval approval) {
        return approval.status() != ApprovalStatus.Approved
                ? Optional.empty()
                : approval.decisions().stream()
                        .filter(record -> record.decision() == DecisionRecord.Verdict.approved)
                        .map(record -> Instant.parse(record.at()))
                        .max(Instant::compareTo);
    }

    /** What approvers allow, where it is less than asked for. */
    private static Stream<SelectedObjects> allowed(Approval approval) {
        return approval.decisions().stream()
                .filter(record -> record.decision() == DecisionRecord.Verdict.approved)
                .map(DecisionRecord::select)
                .filter(Objects::nonNull);
    }

    private static Instant writable(Instant instant) {
        return instant.isAfter(LAST) ? LAST : instant.isBefore(FIRST) ? FIRST : instant;
    }

    private static Optional<Instant> created(DataUsageAgreement agreement) {
        return Optional.ofNullable(agreement.getMetadata().getCreationTimestamp())
                .map(Instant::parse);
    }
}

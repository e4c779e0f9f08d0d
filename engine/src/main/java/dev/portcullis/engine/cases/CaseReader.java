package dev.portcullis.engine.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.portcullis.api.Annotations;
import dev.portcullis.api.agreement.DataUsageAgreement;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.Manifest;
import dev.portcullis.engine.manifest.ManifestKind;
import dev.portcullis.engine.manifest.ManifestReader;
import dev.portcullis.engine.manifest.PolicyManifestCheck;
import dev.portcullis.engine.manifest.StrictReader;
import dev.portcullis.engine.manifest.YamlDocument;
import dev.portcullis.engine.manifest.YamlText;
import dev.portcullis.engine.policy.PolicyExpressions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of cases, strictly: a field that does not exist, a resource that does not fit, a case that expects nothing, an expectation of a rule that no policy
 * has and a file without cases are faults, each with its line.
 */
public final class CaseReader {
    private static final Instant UNLESS_SAID = Instant.parse("2026-01-01T00:00:00Z");

    private final CaseFiles files;
    private final PolicyManifestCheck check;

    /** @param expressions compiles the policies */
    public CaseReader(CaseFiles files, PolicyExpressions expressions) {
        this.files = files;
        this.check = new PolicyManifestCheck(expressions);
    }

    /** All cases of a file, in its order. */
    public CaseReading read(String file) {
        List<Fault> faults = new ArrayList<>();
        List<PolicyCase> cases = new ArrayList<>();
        Optional<String> text = files.text(file);
        if (text.isEmpty()) {
            faults.add(new Fault(file, 1, "there is no such file"));
            return new CaseReading(cases, faults);
        }
        List<YamlDocument> documents = YamlText.documents(file, text.get(), faults);
        for (YamlDocument document : documents) {
            readCases(document, cases, faults);
        }
        if (documents.isEmpty() && faults.isEmpty()) {
            faults.add(new Fault(file, 1, "the file has no cases: list them under cases, or remove the file"));
        }
        return new CaseReading(cases, faults);
    }

    private void readCases(YamlDocument document, List<PolicyCase> cases, List<Fault> faults) {
        Optional<FileText> read = StrictReader.read(document, "", FileText.class, faults);
        if (read.isEmpty()) {
            return;
        }
        List<CaseText> texts = Optional.ofNullable(read.get().cases()).orElse(List.of());
        if (texts.isEmpty()) {
            faults.add(document.fault("/cases", "the file has no cases: list them under cases, or remove the file"));
        }
        int before = faults.size();
        List<Manifest> shared = new ArrayList<>(policies(document, read.get(), faults));
        shared.addAll(given(document, "/given", read.get().given(), faults));
        // what all share would be said once more for each of them
        if (faults.size() == before) {
            Resources resources = Resources.of(shared);
            for (int i = 0; i < texts.size(); i++) {
                readCase(document, "/cases/" + i, texts.get(i), resources, faults)
                        .ifPresent(cases::add);
            }
        }
    }

    private Optional<PolicyCase> readCase(
            YamlDocument document, String pointer, CaseText text, Resources shared, List<Fault> faults) {
        int before = faults.size();
        Resources resources = shared.with(given(document, pointer + "/given", text.given(), faults));
        if (text.name() == null || text.name().isBlank()) {
            faults.add(document.fault(pointer, "a case has a name that says what it shows"));
        }
        List<Vote> decisions = Optional.ofNullable(text.decisions()).orElse(List.of());
        if (text.expect() == null) {
            faults.add(document.fault(
                    pointer, "the case expects nothing: say under expect which decision, by which rule"));
        } else {
            checkExpectation(document, pointer + "/expect", text.expect(), resources, faults);
        }
        Instant requestedAt = instant(document, pointer + "/requestedAt", text.requestedAt(), faults)
                .orElse(null);
        Instant now = instant(document, pointer + "/now", text.now(), faults).orElse(requestedAt);
        requestedAt = requestedAt == null ? now : requestedAt;
        List<Manifest> agreements = resources.manifests(ManifestKind.AGREEMENT).toList();
        if (agreements.size() != 1) {
            faults.add(
                    document.fault(
                            pointer,
                            "a case is about one DataUsageAgreement, and is given " + agreements.size() + ": "
                                    + (agreements.isEmpty()
                                            ? "add it under given"
                                            : "leave all but one out; one that all cases share is replaced by one of the same namespace and name")));
        }
        agreements.forEach(agreement -> checkAgreement(agreement, faults));
        if (faults.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new PolicyCase(
                document.file(),
                document.line(pointer),
                String.valueOf(text.name()),
                resources,
                (DataUsageAgreement) agreements.get(0).object(),
                decisions,
                requestedAt == null ? UNLESS_SAID : requestedAt,
                now == null ? UNLESS_SAID : now,
                Objects.requireNonNull(text.expect())));
    }

    private List<Manifest> policies(YamlDocument document, FileText text, List<Fault> faults) {
        List<Manifest> policies = new ArrayList<>();
        List<String> names = Optional.ofNullable(text.policies()).orElse(List.of());
        for (int i = 0; i < names.size(); i++) {
            String pointer = "/policies/" + i;
            Optional<String> path = CaseFiles.beside(document.file(), names.get(i));
            Optional<String> policyText = path.flatMap(files::text);
            if (policyText.isEmpty()) {
                faults.add(document.fault(
                        pointer,
                        "there is no file " + names.get(i) + ": name it as seen from the folder of this file"));
            } else {
                policies.addAll(policiesIn(path.orElseThrow(), policyText.get(), faults));
            }
        }
        return policies;
    }

    private List<Manifest> policiesIn(String file, String text, List<Fault> faults) {
        List<Manifest> policies = new ArrayList<>();
        List<YamlDocument> documents = YamlText.documents(file, text, faults);
        if (documents.isEmpty()) {
            faults.add(new Fault(file, 1, "the file has no policy"));
        }
        for (YamlDocument document : documents) {
            ManifestReader.OF_CASES.read(document, "", faults).ifPresent(manifest -> {
                if (manifest.kind() == ManifestKind.POLICY) {
                    check.check(manifest, faults);
                    policies.add(manifest);
                } else {
                    faults.add(manifest.fault(
                            "/kind",
                            "files under policies have ApprovalPolicies alone: other resources stand under given"));
                }
            });
        }
        return policies;
    }

    private List<Manifest> given(
            YamlDocument document, String pointer, @Nullable List<JsonNode> nodes, List<Fault> faults) {
        List<Manifest> given = new ArrayList<>();
        int count = nodes == null ? 0 : nodes.size();
        for (int i = 0; i < count; i++) {
            ManifestReader.OF_CASES.read(document, pointer + "/" + i, faults).ifPresent(manifest -> {
                check.check(manifest, faults);
                given.add(manifest);
            });
        }
        return given;
    }

    private static void checkExpectation(
            YamlDocument document, String pointer, Expectation expected, Resources resources, List<Fault> faults) {
        String rule = expected.rule();
        if (rule == null) {
            if (expected.decision() != Outcome.invalid && expected.decision() != Outcome.expired) {
                faults.add(document.fault(pointer, "the case does not say by which rule: add rule"));
            }
        } else if (!RuleNames.exists(rule, resources)) {
            faults.add(document.fault(
                    pointer + "/rule",
                    "there is no rule " + rule + ": name one as POLICY/RULE, or " + RuleNames.BUILT_IN));
        }
    }

    private static void checkAgreement(Manifest agreement, List<Fault> faults) {
        Map<String, String> annotations = Optional.ofNullable(
                        ((DataUsageAgreement) agreement.object()).getMetadata().getAnnotations())
                .orElse(Map.of());
        if (annotations.containsKey(Annotations.DECISION)) {
            faults.add(agreement.fault(
                    "/metadata/annotations", "what somebody decides stands under decisions of the case"));
        }
    }

    private static Optional<Instant> instant(
            YamlDocument document, String pointer, @Nullable String text, List<Fault> faults) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            faults.add(document.fault(pointer, text + " is no instant like 2026-12-01T08:00:00Z"));
            return Optional.empty();
        }
    }

    /** A file as it is written. */
    record FileText(
            @Nullable List<String> policies,
            @Nullable List<JsonNode> given,
            @Nullable List<CaseText> cases) {}

    /** A case as it is written. */
    record CaseText(
            @Nullable String name,
            @Nullable List<JsonNode> given,
            @Nullable String requestedAt,
            @Nullable String now,
            @Nullable List<Vote> decisions,
            @Nullable Expectation expect) {}
}

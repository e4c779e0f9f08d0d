package dev.portcullis.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portcullis.cli.report.PlanResult.Grant;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A plan for programs: fields are only added from one version to the next (docs/plan.md has them all). Texts are as people wrote them. */
public final class JsonReport implements Renderer {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Override
    public String text(PlanResult plan) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "portcullis.dev/plan/v1");
        root.put("now", plan.now().toString());
        root.put("invalid", plan.isInvalid());
        all(
                root,
                "faults",
                plan.faults(),
                (node, fault) ->
                        node.put("file", fault.file()).put("line", fault.line()).put("message", fault.message()));
        if (plan.edits() != null) {
            root.putObject("manifests")
                    .put("added", plan.edits().added())
                    .put("changed", plan.edits().changed())
                    .put("removed", plan.edits().removed());
        }
        all(root, "agreements", plan.agreements(), JsonReport::agreement);
        all(root, "decisions", plan.decisions(), (node, decision) -> {
            node.put("via", decision.via().name());
            name(node, "decision", decision.decision());
            name(node, "agreement", decision.agreement());
            node.put("verdict", decision.verdict());
            put(node, "by", decision.by());
            node.put("outcome", decision.outcome())
                    .put("reason", decision.reason())
                    .put("message", decision.message());
        });
        all(root, "platforms", plan.platforms(), (node, platform) -> {
            node.put("platform", platform.platform());
            all(node, "added", platform.added(), JsonReport::grant);
            all(node, "removed", platform.removed(), JsonReport::grant);
            all(node, "changed", platform.changed(), (changed, moved) -> {
                changed.put("principal", moved.principal());
                name(changed, "port", moved.port());
                texts(changed, "gains", moved.gains());
                texts(changed, "loses", moved.loses());
                all(changed, "agreements", moved.agreements(), JsonReport::name);
            });
            texts(node, "refused", platform.refused());
            texts(node, "sql", platform.sql());
        });
        all(root, "objects", plan.objects(), (node, finding) -> {
            node.put("about", finding.about());
            put(node, "file", finding.file());
            if (finding.file() != null) {
                node.put("line", finding.line());
            }
            node.put("reason", finding.reason())
                    .put("message", finding.message())
                    .put("invalid", finding.invalid());
        });
        all(
                root,
                "warnings",
                plan.warnings(),
                (node, warning) -> node.put("kind", warning.kind())
                        .put("about", warning.about())
                        .put("message", warning.message()));
        texts(root, "notes", plan.notes());
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    private static void agreement(ObjectNode node, PlanResult.AgreementChange change) {
        name(node, "agreement", change.agreement());
        node.put("change", change.kind().name());
        name(node, "port", change.port());
        node.put("beneficiary", change.beneficiary());
        put(node, "before", change.before());
        node.put("mayLose", change.mayLose() != null);
        if (change.mayLose() instanceof MayLose.Some some) {
            ObjectNode part = node.putObject("mayLosePart");
            texts(part, "principals", some.principals());
            texts(part, "had", some.had());
            texts(part, "keeps", some.keeps());
        }
        Outcome outcome = change.outcome();
        node.put("outcome", outcome.word());
        if (outcome instanceof Outcome.Approved approved) {
            put(node, "rule", approved.rule());
            texts(node, "by", approved.by());
            node.put("phase", approved.phase()).put("message", approved.message());
        } else if (outcome instanceof Outcome.Waiting waiting) {
            put(node, "rule", waiting.rule());
            all(node, "needs", waiting.needs(), (need, one) -> {
                need.put("count", one.count()).put("whose", one.whose());
                texts(need, "people", one.people());
                put(need, "nobody", one.nobody());
            });
        } else if (outcome instanceof Outcome.Rejected rejected) {
            put(node, "rule", rejected.rule());
            node.put("message", rejected.reason());
        } else if (outcome instanceof Outcome.Invalid invalid) {
            node.put("reason", invalid.reason()).put("message", invalid.message());
        } else if (outcome instanceof Outcome.Paused paused) {
            node.put("phase", paused.phase()).put("reason", paused.reason()).put("message", paused.message());
        } else if (outcome instanceof Outcome.Ended ended) {
            node.put("phase", ended.phase()).put("message", ended.message());
        }
    }

    private static void grant(ObjectNode node, Grant grant) {
        node.put("principal", grant.principal());
        name(node, "port", grant.port());
        texts(node, "objects", grant.objects());
        all(node, "agreements", grant.agreements(), JsonReport::name);
    }

    private static void name(ObjectNode node, String field, Name name) {
        name(node.putObject(field), name);
    }

    private static void name(ObjectNode node, Name name) {
        node.put("namespace", name.namespace()).put("name", name.name());
    }

    private static void put(ObjectNode node, String field, @Nullable String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    private static void texts(ObjectNode node, String field, List<String> texts) {
        ArrayNode array = node.putArray(field);
        texts.forEach(array::add);
    }

    private static <T> void all(ObjectNode node, String field, Collection<T> values, BiConsumer<ObjectNode, T> put) {
        ArrayNode array = node.putArray(field);
        values.forEach(value -> put.accept(array.addObject(), value));
    }
}

package dev.portcullis.it.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables, row by row, with and without the mutating policy. */
class AdmissionMatrixTest {
    private static final Set<String> NOT_FOR_PEOPLE =
            Set.of("no such key", "expression", "variables.", "evaluat", "no such overload", "cost limit", "Object{");

    @TempDir
    static Path dir;

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = new Cluster(dir.resolve("kube"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    static Stream<Arguments> rows() {
        List<Row> rows = Stream.of(
                        DecisionRows.rows(),
                        OwnershipRows.rows(),
                        PortRows.rows(),
                        StatusAndDeletionRows.rows(),
                        GrantRows.rows(),
                        FiledDecisionRows.rows())
                .flatMap(all -> all)
                .toList();
        return cluster.modes().stream().flatMap(mode -> rows.stream().map(row -> Arguments.of(mode, row)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rows")
    void row(Mode mode, Row row) {
        cluster.mode(mode);
        switch (row.outcome()) {
            case ALLOWED -> allowed(row);
            case DENIED -> denied(row);
            case DENIED_OR_PUT_BACK -> {
                if (mode == Mode.STAMPED) {
                    putBack(row);
                } else {
                    denied(row);
                }
            }
            case DENIED_UNLESS_STAMPED -> {
                if (mode == Mode.STAMPED) {
                    allowed(row);
                } else {
                    denied(row);
                }
            }
            case INVALID, NO_RIGHTS -> refused(row);
        }
        if (row.twin() != null) {
            honest(row.twin());
        }
    }

    private static void allowed(Row row) {
        Target target = row.given().in(cluster);
        row.act().by(row.user(), target, cluster);
        row.leaves().accept(cluster.found(target));
    }

    private static void denied(Row row) {
        String message = refused(row);
        assertThat(message).contains("ValidatingAdmissionPolicy", "denied request: ");
        String sentence = message.substring(message.indexOf("denied request: ") + "denied request: ".length());
        assertThat(sentence).hasSizeBetween(30, 5000);
        NOT_FOR_PEOPLE.forEach(word -> assertThat(sentence).doesNotContain(word));
    }

    /** Refused with what the row says, and nothing has changed. */
    private static String refused(Row row) {
        Target target = row.given().in(cluster);
        GenericKubernetesResource before = cluster.found(target);
        Throwable thrown = catchThrowable(() -> row.act().by(row.user(), target, cluster));
        assertThat(thrown).isInstanceOf(Refused.class);
        Refused answer = (Refused) thrown;
        String message = String.valueOf(answer.getMessage());
        assertThat(message).contains(row.says());
        assertThat(answer.code())
                .as(message)
                .isIn(row.outcome() == Row.Outcome.INVALID ? List.of(409, 422) : List.of(403, 422));
        if (row.outcome() == Row.Outcome.NO_RIGHTS) {
            assertThat(message).doesNotContain("ValidatingAdmissionPolicy");
        }
        assertThat(cluster.found(target)).isEqualTo(before);
        return message;
    }

    /** The request passes and changes nothing but what a rest of it may. */
    private static void putBack(Row row) {
        Target target = row.given().in(cluster);
        GenericKubernetesResource before = cluster.stored(target);
        row.act().by(row.user(), target, cluster);
        GenericKubernetesResource after = cluster.stored(target);
        assertThat(after.getMetadata().getAnnotations())
                .isEqualTo(before.getMetadata().getAnnotations());
        assertThat(after.getMetadata().getFinalizers())
                .containsAll(before.getMetadata().getFinalizers());
        assertThat(after.getAdditionalProperties()).isEqualTo(before.getAdditionalProperties());
    }

    private static void honest(Row.Twin twin) {
        Target target = twin.given().in(cluster);
        GenericKubernetesResource before = cluster.found(target);
        twin.act().by(twin.user(), target, cluster);
        assertThat(cluster.found(target)).as("the honest twin has an effect").isNotEqualTo(before);
    }

    /** Not a row: a namespace that goes takes its ports along, used or not. */
    @Test
    void aNamespaceThatIsDeletedTakesPortsInUseAlong() {
        cluster.send(
                People.ADMIN,
                "POST",
                "/api/v1/namespaces",
                "application/json",
                "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"ending\"}}");
        GenericKubernetesResource port = Manifests.port("used");
        port.getMetadata().setNamespace("ending");
        Target target = cluster.create(People.ADMIN, Target.Kind.PORT, port);
        cluster.status(target, Map.of("agreements", Map.of("active", 1)));
        GenericKubernetesResource product = Manifests.product("used");
        product.getMetadata().setNamespace("ending");
        Target itsProduct = cluster.create(People.ADMIN, Target.Kind.PRODUCT, product);
        cluster.status(itsProduct, Map.of("agreements", Map.of("active", 1)));
        assertThat(catchThrowable(() -> Act.deletes().by(People.ADMIN, target, cluster)))
                .hasMessageContaining("1 approved agreement(s)");

        cluster.send(People.ADMIN, "DELETE", "/api/v1/namespaces/ending", "application/json", "{}");
        dev.portcullis.local.Await.until(Duration.ofSeconds(20), "policies know that the namespace ends", () -> {
            for (Target one : List.of(target, itsProduct)) {
                if (cluster.found(one) != null) {
                    Act.deletes().by(People.ADMIN, one, cluster);
                }
            }
            return true;
        });
        assertThat(cluster.found(target)).isNull();
        assertThat(cluster.found(itsProduct)).isNull();
    }

    /** What was written while nobody guarded it: the operator does not take it, and it can be written anew. */
    @Test
    void whatWasPlantedBeforeTheGuardDoesNotStandInTheWay() {
        cluster.mode(Mode.PLAIN);
        List<Target> planted = new ArrayList<>();
        cluster.unguarded(() -> {
            planted.add(plant(Map.of(
                    "portcullis.dev/requested-by", People.TAYLOR,
                    "portcullis.dev/decision", "approved",
                    "portcullis.dev/decided-by", People.OLGA,
                    "portcullis.dev/recorded-by", People.OLGA)));
            planted.add(plant(Map.of(
                    "portcullis.dev/requested-by", People.TAYLOR,
                    "portcullis.dev/decision", "revoked",
                    "portcullis.dev/mistyped", "stays")));
            planted.add(plant(Map.of()));
        });
        Target approved = planted.get(0);
        Target revoked = planted.get(1);
        Target nobodys = planted.get(2);
        Map<String, ?> waits = Map.of("status", "Requested", "workflow", "Manual");
        for (Target each : planted) {
            cluster.status(each, Map.of("phase", "Requested", "approval", waits));
        }

        Decision anew = Decision.decides("approved").reason("looked at");
        assertThat(catchThrowable(() -> anew.by(People.OLGA, approved, cluster)))
                .hasMessageContaining("stands as it was written");
        cluster.status(
                approved, Map.of("approval", Map.of("refusedDecision", "approved by " + People.OLGA + " (01234567)")));
        anew.by(People.OLGA, approved, cluster);
        anew.by(People.OLGA, revoked, cluster);
        assertThat(catchThrowable(() -> anew.by(People.OLGA, nobodys, cluster)))
                .hasMessageContaining("nobody can tell who requested this agreement");
    }

    private static Target plant(Map<String, String> annotations) {
        Target target = new Target(Target.Kind.AGREEMENT, "marketing", cluster.freshName());
        cluster.createExactly(
                People.TAYLOR, target, Manifests.annotated(Manifests.agreement(target.name()), annotations));
        return target;
    }

    /** 200 tables, one of them with 500 columns: one change must stay within what an expression may cost. */
    @Test
    void theLargestPortCanBeChangedInOnePlace() {
        Target port = cluster.create(People.ADMIN, Target.Kind.PORT, largest());
        Act fewer = changesFirstTable(499, 0);
        Act others = changesFirstTable(499, 1);

        fewer.by(People.PAM, port, cluster);
        assertThat(catchThrowable(() -> others.by(People.PAM, port, cluster)))
                .hasMessageContaining("may not widen output port")
                .hasMessageContaining("table_0");
        others.by(People.PAULA, port, cluster);
    }

    /** Many large tables at once cannot be compared: then it counts as opening, and says so. */
    @Test
    void tooManyColumnsAtOnceNeedApprove() {
        Target port = cluster.create(People.ADMIN, Target.Kind.PORT, largest());
        Act all = Act.sets("postgresql", Map.of("tables", tables(5, 499, 0)));

        assertThat(catchThrowable(() -> all.by(People.PAM, port, cluster)))
                .hasMessageContaining("too many columns change at once");
        all.by(People.PAULA, port, cluster);
    }

    private static GenericKubernetesResource largest() {
        return Manifests.with(
                Manifests.port(cluster.freshName()),
                "postgresql",
                Map.of("database", "shop", "schema", "sales", "tables", tables(5, 500, 0)));
    }

    private static Act changesFirstTable(int columns, int firstColumn) {
        List<Map<String, Object>> tables = new ArrayList<>(tables(5, 500, 0));
        tables.set(0, table(0, columns, firstColumn));
        return Act.sets("postgresql", Map.of("tables", tables));
    }

    /** 200 tables, of which the first {@code large} have many columns: more only keeps the API server busy otherwise. */
    private static List<Map<String, Object>> tables(int large, int columns, int firstColumn) {
        return IntStream.range(0, 200)
                .mapToObj(i -> i < large ? table(i, columns, firstColumn) : table(i, 3, 0))
                .toList();
    }

    private static Map<String, Object> table(int number, int columns, int firstColumn) {
        return Map.of(
                "name",
                "table_" + number,
                "columns",
                IntStream.range(firstColumn, firstColumn + columns)
                        .mapToObj(i -> "col_" + i)
                        .toList());
    }
}

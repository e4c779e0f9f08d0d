package dev.portcullis.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The direction of dependencies, over all modules. */
class ArchitectureTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.portcullis");

    private static final DescribedPredicate<JavaClass> API = module("dev.portcullis.api");
    private static final DescribedPredicate<JavaClass> POSTGRESQL = module("dev.portcullis.platform.postgresql");
    private static final DescribedPredicate<JavaClass> EXTERNAL = module("dev.portcullis.platform.external");
    private static final DescribedPredicate<JavaClass> SPI = module("dev.portcullis.platform")
            .and(DescribedPredicate.not(POSTGRESQL.or(EXTERNAL)))
            .as("platforms/spi");
    private static final DescribedPredicate<JavaClass> ENGINE = module("dev.portcullis.engine");
    private static final DescribedPredicate<JavaClass> OPERATOR = module("dev.portcullis.operator");
    private static final DescribedPredicate<JavaClass> ANY_OF_OURS = module("dev.portcullis");

    @Test
    void allModulesAreLookedAt() {
        assertThat(OURS.that(API)).isNotEmpty();
        assertThat(OURS.that(SPI)).isNotEmpty();
        assertThat(OURS.that(POSTGRESQL)).isNotEmpty();
        assertThat(OURS.that(EXTERNAL)).isNotEmpty();
        assertThat(OURS.that(ENGINE)).isNotEmpty();
        assertThat(OURS.that(OPERATOR)).isNotEmpty();
        assertThat(OURS.that(ANY_OF_OURS.and(DescribedPredicate.not(
                        API.or(SPI).or(POSTGRESQL).or(EXTERNAL).or(ENGINE).or(OPERATOR)))))
                .as("no module without a rule")
                .isEmpty();
    }

    @Test
    void theApiDependsOnNoneOfOurs() {
        onlyOn(API, API);
    }

    @Test
    void theSpiDependsOnTheApiAlone() {
        onlyOn(SPI, SPI.or(API));
    }

    @Test
    void theEngineDependsOnApiAndSpi() {
        onlyOn(ENGINE, ENGINE.or(API).or(SPI));
    }

    @Test
    void aPlatformDependsOnApiAndSpi() {
        onlyOn(POSTGRESQL, POSTGRESQL.or(API).or(SPI));
        onlyOn(EXTERNAL, EXTERNAL.or(API).or(SPI));
    }

    @Test
    void theEngineDoesNoInputOrOutput() {
        noClasses()
                .that(ENGINE.or(SPI).or(EXTERNAL))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio.file..",
                        "java.sql..",
                        "io.fabric8.kubernetes.client..",
                        "io.javaoperatorsdk..",
                        "org.slf4j..")
                .because("engine and SPI are pure")
                // every record and enum may be serialized; the client's CustomResource is the kinds' own base
                .allowEmptyShould(false)
                .check(OURS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.portcullis.api",
                "dev.portcullis.engine",
                "dev.portcullis.operator",
                "dev.portcullis.platform.postgresql",
                "dev.portcullis.platform.external"
            })
    void noCyclesBetweenThePackagesOfAModule(String module) {
        slices().matching(module + ".(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void onlyMainAndTheWiringKnowAPlatformByName() {
        noClasses()
                .that(OPERATOR)
                .and()
                .doNotHaveFullyQualifiedName("dev.portcullis.operator.Main")
                .should()
                .dependOnClassesThat(POSTGRESQL)
                .check(OURS);
        noClasses()
                .that(OPERATOR)
                .and()
                .doNotHaveFullyQualifiedName("dev.portcullis.operator.Main")
                .and()
                // its other side: the API server's part of what that module does
                .resideOutsideOfPackage("dev.portcullis.operator.external..")
                .should()
                .dependOnClassesThat(EXTERNAL)
                .check(OURS);
    }

    @Test
    void whatIsSaidGoesToTheLog() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(OURS);
    }

    @Test
    void whatTimeItIsComesFromOutside() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.portcullis.operator.Main")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(OURS);
    }

    /** But where something else is waited for that tells nobody: the end of others' transactions, a free place. */
    @Test
    void nobodySleeps() {
        Set<String> waiting = Set.of("Executor", "OpenWrites", "PageServer");
        noClasses()
                .that(DescribedPredicate.describe("have no reason to", one -> !waiting.contains(one.getSimpleName())))
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethod(LockSupport.class, "parkNanos", long.class)
                .check(OURS);
    }

    private static void onlyOn(DescribedPredicate<JavaClass> module, DescribedPredicate<JavaClass> allowed) {
        classes()
                .that(module)
                .should()
                .onlyDependOnClassesThat(allowed.or(DescribedPredicate.not(ANY_OF_OURS)))
                .check(OURS);
    }

    private static DescribedPredicate<JavaClass> module(String name) {
        return JavaClass.Predicates.resideInAPackage(name + "..").as(name);
    }
}

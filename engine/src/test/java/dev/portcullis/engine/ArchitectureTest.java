package dev.portcullis.engine;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The engine is pure: facts and time in, decision, lifecycle and entitlements out. */
class ArchitectureTest {
    private static final JavaClasses ENGINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ImportOption.DoNotIncludeJars())
            .importPackages("dev.portcullis.engine");

    private static final Set<String> KIND_METHODS =
            Set.of("getMetadata", "getSpec", "getStatus", "setStatus", "setMetadata", "setSpec");

    @Test
    void knowsTheApiThePlatformsInGeneralAndLittleElse() {
        classes()
                .that()
                .resideInAPackage("dev.portcullis.engine..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "dev.portcullis.engine..",
                                "dev.portcullis.api..",
                                "dev.portcullis.platform",
                                "java.lang..",
                                "java.math..",
                                "java.nio.charset..",
                                "java.security..",
                                "java.time..",
                                "java.util..",
                                "dev.cel..",
                                // CEL takes and gives its collections
                                "com.google.common.collect",
                                "com.fasterxml.jackson..",
                                // of the files of cases: YAML with its lines, and which fields the schema requires
                                "org.snakeyaml.engine.v2..",
                                "io.fabric8.generator.annotation",
                                "org.jspecify.annotations..")
                        .or(describe(
                                "the metadata of Kubernetes objects",
                                type -> Set.of(
                                                "io.fabric8.kubernetes.api.model.ObjectMeta",
                                                "io.fabric8.kubernetes.api.model.ManagedFieldsEntry",
                                                "io.fabric8.kubernetes.api.model.FieldsV1")
                                        .contains(type.getFullName()))))
                .check(ENGINE);
    }

    @Test
    void doesNoInputOrOutputAndStartsNoThreads() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.sql..",
                        "javax..",
                        "java.util.concurrent..",
                        "java.util.logging..",
                        "org.slf4j.."))
                .orShould()
                .dependOnClassesThat(are(describe(
                        "threads, processes and the environment",
                        type -> Set.of(
                                        "java.lang.Thread",
                                        "java.lang.Process",
                                        "java.lang.ProcessBuilder",
                                        "java.lang.Runtime")
                                .contains(type.getFullName()))))
                .check(ENGINE);
    }

    @Test
    void readsNoClockAndThrowsNoDice() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Date")
                .orShould()
                .accessTargetWhere(describe("tells the time, or gives a random value", ArchitectureTest::isImpure))
                .check(ENGINE);
    }

    private static boolean isImpure(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        String name = access.getTarget().getName();
        return owner.startsWith("java.time.") && name.equals("now")
                || owner.equals("java.lang.System")
                || owner.equals("java.lang.Math") && name.equals("random")
                || owner.equals("java.util.UUID");
    }

    /** The kinds inherit from a class of the client's; nothing but their three parts is used of it. */
    @Test
    void usesNothingOfTheKubernetesClient() {
        DescribedPredicate<JavaAccess<?>> ofTheClient = describe(
                "is of the Kubernetes client, and no part of a kind",
                access -> access.getTargetOwner().getPackageName().startsWith("io.fabric8.kubernetes.client")
                        && !KIND_METHODS.contains(access.getTarget().getName()));
        noClasses()
                .should()
                .accessTargetWhere(ofTheClient)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8.kubernetes.client..")
                .check(ENGINE);
    }

    @Test
    void itsPackagesHaveNoCycles() {
        slices().matching("dev.portcullis.engine.(*)..")
                .should()
                .beFreeOfCycles()
                .check(ENGINE);
    }

    /** Nothing is remembered from one judgement to the next, but compiled expressions. */
    @Test
    void keepsNoState() {
        classes().should().haveOnlyFinalFields().check(ENGINE);
        noClasses()
                .that()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .check(ENGINE);
    }
}

package dev.portcullis.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The command line knows the operator's engine, not the operator; and it starts nothing that it does not need. */
class ArchitectureTest {
    private static final JavaClasses CLI = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.portcullis.cli");

    @Test
    void knowsNothingOfTheOperator() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.portcullis.operator..")
                .check(CLI);
    }

    @Test
    void itsPackagesHaveNoCycles() {
        slices().matching("dev.portcullis.cli.(*)..").should().beFreeOfCycles().check(CLI);
    }

    @Test
    void printsByTheConsoleAlone() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLI);
    }
}

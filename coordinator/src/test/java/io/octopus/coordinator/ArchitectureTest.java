package io.octopus.coordinator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.octopus.coordinator.task.TaskCommand;
import io.octopus.coordinator.task.TaskEntity;
import java.sql.SQLException;
import java.time.Instant;

/** The few structural promises that a compiler on Java 17 cannot check for us. */
@AnalyzeClasses(packages = "io.octopus", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("io.octopus.coordinator.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theWriteSideKnowsNoEdge =
      noClasses()
          .that()
          .resideInAPackage("..coordinator.task..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..http..",
              "..store..",
              "..dispatch..",
              "..fleet..",
              "..dashboard..",
              "java.sql..",
              "akka.http..");

  @ArchTest
  static final ArchRule theCoordinatorKnowsNoWorker =
      noClasses()
          .that()
          .resideInAPackage("io.octopus.coordinator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.octopus.worker..", "io.octopus.plugin.run..");

  @ArchTest
  static final ArchRule allSqlLivesInTheStore =
      noClasses()
          .that()
          .resideInAPackage("io.octopus.coordinator..")
          .and()
          .resideOutsideOfPackage("..store..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.sql..", "javax.sql..")
                  .and(not(assignableTo(SQLException.class))));

  @ArchTest
  static final ArchRule theProtocolKnowsNobody =
      noClasses()
          .that()
          .resideInAPackage("io.octopus.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.octopus.coordinator..", "io.octopus.worker..", "io.octopus.config..");

  @ArchTest
  static final ArchRule timeComesFromAnInstantSource =
      noClasses().should().callMethod(Instant.class, "now");

  @ArchTest
  static final ArchRule namesSayWhatAClassDoes =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveNameMatching(".*(Helper|Utils?|Impl|Info|DTO|VO|Common)");

  @ArchTest
  static final ArchRule messagesAreRecords =
      classes().that(describe("are messages", ArchitectureTest::isMessage)).should().beRecords();

  @ArchTest
  static final ArchRule everyMessageIsHandledByTheActorThatDeclaresIt =
      classes()
          .that(describe("are messages", ArchitectureTest::isMessage))
          .should(beMatchedIn("the enclosing actor"));

  @ArchTest
  static final ArchRule everyTaskCommandIsHandled =
      classes()
          .that()
          .implement(TaskCommand.class)
          .should(beReferencedBy(TaskEntity.class.getName()));

  private static boolean isMessage(JavaClass type) {
    return !type.isInterface()
        && type.getEnclosingClass()
            .map(JavaClass::getName)
            .filter(actor -> type.isAssignableTo(actor + "$Command"))
            .isPresent();
  }

  private static ArchCondition<JavaClass> beMatchedIn(String where) {
    return new ArchCondition<>("be matched in " + where) {
      @Override
      public void check(JavaClass message, ConditionEvents events) {
        boolean matched =
            message.getEnclosingClass().orElseThrow().getReferencedClassObjects().stream()
                .anyMatch(reference -> reference.getRawType().equals(message));
        events.add(
            new SimpleConditionEvent(
                message, matched, message.getSimpleName() + " has no onCommand/onEvent line"));
      }
    };
  }

  private static ArchCondition<JavaClass> beReferencedBy(String actor) {
    return new ArchCondition<>("be matched in " + actor) {
      @Override
      public void check(JavaClass message, ConditionEvents events) {
        boolean matched =
            message.getDirectDependenciesToSelf().stream()
                .anyMatch(dependency -> dependency.getOriginClass().getName().equals(actor));
        events.add(
            new SimpleConditionEvent(
                message, matched, message.getSimpleName() + " has no onCommand line"));
      }
    };
  }
}

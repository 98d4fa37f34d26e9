package io.octopus.system.check;

import static io.octopus.system.check.Violation.Kind;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker finds nothing where all is well, and every kind of broken promise where not. */
class CheckerTest {
  @Test
  void aStoryWithLossesAndSkipsIsInOrder() {
    assertThat(Checker.check(new Story().evidence())).isEmpty();
  }

  @Test
  void skipsInARowAreOneRecordThatCounts() {
    var story = new Story();
    story.run("often-2").put("fire_time_until", Story.at(40).toString()).put("skipped_count", 3);
    story
        .run("often-3")
        .put("fire_time", Story.at(50).toString())
        .put("created_at", Story.at(50).toString());
    story.move("often-3-1", Duration.ofSeconds(20));

    assertThat(Checker.check(story.evidence())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("brokenPromises")
  void aBrokenPromiseIsFound(Kind kind, String how, Consumer<Story> breakIt) {
    var story = new Story();

    breakIt.accept(story);

    assertThat(Checker.check(story.evidence()))
        .as(how)
        .isNotEmpty()
        .extracting(Violation::kind)
        .containsOnly(kind);
  }

  @Test
  void everyKindIsShownToBeFound() {
    Set<Kind> shown = EnumSet.noneOf(Kind.class);
    brokenPromises().forEach(broken -> shown.add((Kind) broken.get()[0]));

    assertThat(shown).containsExactlyInAnyOrder(Kind.values());
  }

  static Stream<Arguments> brokenPromises() {
    return Stream.of(
        broken(Kind.TASK_LOST, "a task is gone", story -> story.tasks.remove(0)),
        broken(
            Kind.TASK_DOUBLED,
            "a repeated request made another task",
            story -> story.tasks.add(story.tasks.get(0).deepCopy().put("id", "again"))),
        broken(
            Kind.NOT_SETTLED,
            "an execution is pending for ever",
            story -> story.pending("all-1-2")),
        broken(
            Kind.NOT_SETTLED,
            "a run is running for ever",
            story -> story.run("all-1").put("status", "Running")),
        broken(
            Kind.NOT_ONE_RUN,
            "a one-time task never ran",
            story -> {
              story.runs.remove(story.run("once-1"));
              story.remove("once-1-1");
            }),
        broken(
            Kind.FIRED_TWICE,
            "two runs for one nominal time",
            story -> {
              story.run("often", 4, 30, "beta");
              story.execution("often-4-1", "beta", "Completed");
            }),
        broken(
            Kind.FIRED_TWICE,
            "a run for a time that was skipped too",
            story ->
                story
                    .run("often-2")
                    .put("fire_time_until", Story.at(30).toString())
                    .put("skipped_count", 2)),
        broken(
            Kind.FIRING_MISSING,
            "nobody knows of a nominal time",
            story -> story.runs.remove(story.run("often-2"))),
        broken(
            Kind.SKIPS_MISCOUNTED,
            "one skip counted as two",
            story -> story.run("often-2").put("skipped_count", 2)),
        broken(
            Kind.STOPPED_FIRING, "the schedule is silent", story -> story.healed = Story.at(3600)),
        broken(
            Kind.FIRED_EARLY,
            "decided before its time",
            story -> story.run("often-1").put("created_at", Story.at(9).toString())),
        broken(
            Kind.FIRED_EARLY,
            "started before its time by the client's clock",
            story -> story.move("often-3-1", Duration.ofSeconds(-1))),
        broken(
            Kind.FAN_OUT_WRONG,
            "a target without an execution",
            story -> {
              story.remove("all-1-2");
            }),
        broken(
            Kind.FAN_OUT_WRONG,
            "two executions for one target",
            story -> story.execution("all-1-3", "beta", "Completed")),
        broken(
            Kind.FAN_OUT_WRONG,
            "two executions for Anyone",
            story -> story.execution("once-1-2", "beta", "Completed")),
        broken(
            Kind.FAN_OUT_WRONG,
            "named work on another client",
            story -> {
              story.run("often-3").set("targets", Story.JSON.valueToTree(List.of("alpha")));
              story.remove("often-3-1");
              story.execution("often-3-1", "alpha", "Completed");
            }),
        broken(
            Kind.STARTED_TWICE,
            "the same attempt twice",
            story -> story.ledger.add(Story.entry("all-1-1", 1, "start", "alpha"))),
        broken(
            Kind.STARTED_WITHOUT_GRANT,
            "an attempt that no event granted",
            story -> story.ledger.add(Story.entry("all-1-1", 2, "start", "alpha"))),
        broken(
            Kind.STARTED_WITHOUT_GRANT,
            "an execution that nobody knows",
            story -> story.ledger.add(Story.entry("ghost-1-1", 1, "start", "alpha"))),
        broken(
            Kind.ATTEMPTS_NOT_CONTIGUOUS,
            "the second attempt is the third",
            story -> {
              var attempts = story.execution("once-1-1").withArray("attempts");
              ((ObjectNode) attempts.get(0)).put("number", 0);
              story.ledger.removeIf(entry -> entry.tried().equals("once-1-1#1"));
            }),
        broken(
            Kind.TWO_ATTEMPTS_AT_ONCE,
            "tried again while it was running",
            story -> story.outcome("once-1-1", 1, "Running")),
        broken(
            Kind.RESULT_WRONG,
            "two accepted results",
            story -> {
              var execution = story.execution("all-1-1").put("attempt", 2);
              Story.attempt(execution, 2, "Completed");
              ((ObjectNode) execution.path("result")).put("attempt", 2);

              story.ledger.add(Story.entry("all-1-1", 2, "start", "alpha"));
              story.ledger.add(Story.entry("all-1-1", 2, "end", "alpha"));
            }),
        broken(
            Kind.RESULT_WRONG,
            "the result of an attempt that was lost",
            story -> ((ObjectNode) story.execution("once-1-1").path("result")).put("attempt", 1)),
        broken(
            Kind.RESULT_WRONG,
            "completed without an end",
            story ->
                story.ledger.removeIf(
                    entry -> entry.execution().equals("all-1-2") && !entry.isStart())));
  }

  private static Arguments broken(Kind kind, String how, Consumer<Story> breakIt) {
    return Arguments.of(kind, how, breakIt);
  }
}

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
    story.run("often-2").put("fire_time_until", Story.at(30).toString()).put("skipped_count", 2);
    story.runs.remove(story.run("often-3"));
    story.remove("often-3-1");

    assertThat(Checker.check(story.evidence())).isEmpty();
  }

  @Test
  void whatANewerFiringTookThePlaceOfHasItsExecution() {
    var story = new Story();
    story.run("once-1").put("status", "Skipped").put("reason", "superseded");
    story.pending("once-1-1");
    story.execution("once-1-1").put("status", "Skipped");

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
            Kind.NOT_SETTLED,
            "a task waits for ever",
            story -> story.tasks.get(0).put("status", "Active")),
        broken(
            Kind.TASK_BACK,
            "a deleted task is there again",
            story ->
                story.tasks.add(
                    story.tasks.get(0).deepCopy().put("id", "deleted").put("name", "x"))),
        broken(
            Kind.HISTORY_WRONG,
            "an edit that was answered with 200 is nowhere",
            story -> story.history("often").remove(1)),
        broken(
            Kind.HISTORY_WRONG,
            "a pause that nobody asked for",
            story -> {
              story.change("often", 50, Accepted.Change.of("task_paused"));
              story.changes("often").remove(3);
            }),
        broken(
            Kind.FIRING_MISSING,
            "a one-time task never ran",
            story -> {
              story.runs.remove(story.run("once-1"));
              story.remove("once-1-1");
            }),
        broken(
            Kind.FIRING_MISSING,
            "the last time before the end is in no record",
            story -> story.runs.remove(story.run("often-6"))),
        broken(
            Kind.FIRING_MISSING,
            "what was due before an edit was forgotten",
            story -> {
              story.runs.remove(story.run("often-3"));
              story.remove("often-3-1");
            }),
        broken(
            Kind.FIRING_MISSING,
            "a fixed delay does not go on",
            story -> {
              story.runs.remove(story.run("delayed-7"));
              story.remove("delayed-7-1");
            }),
        broken(
            Kind.OFF_TIME,
            "the old schedule fired after the edit",
            story -> {
              story.run("often", 7, 46, "beta");
              story.execution("often-7-1", "beta", "Completed");
            }),
        broken(
            Kind.OFF_TIME,
            "a deleted task fired",
            story -> {
              story.run("deleted", 1, 60, "beta");
              story.execution("deleted-1-1", "beta", "Completed");
            }),
        broken(
            Kind.OFF_TIME,
            "a fixed delay that counts from the start",
            story -> {
              story.run("delayed-7").put("fire_time", Story.at(26).toString());
            }),
        broken(
            Kind.FIRED_TWICE,
            "two runs for one nominal time",
            story -> {
              story.run("often", 7, 40, "beta").put("created_at", Story.at(42).toString());
              story.execution("often-7-1", "beta", "Completed");
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
        broken(Kind.STOPPED_FIRING, "the schedule is silent", story -> story.healed = Story.at(46)),
        broken(
            Kind.FIRED_EARLY,
            "decided before its time",
            story -> story.run("often-1").put("created_at", Story.at(9).toString())),
        broken(
            Kind.FIRED_EARLY,
            "started before its time by the client's clock",
            story -> story.move("often-3-1", Duration.ofSeconds(-1))),
        broken(
            Kind.OVERLAPPED,
            "a run beside another one",
            story -> story.execution("often-4-1").put("finished_at", Story.at(41).toString())),
        broken(
            Kind.OVERLAPPED,
            "the previous one was not cancelled",
            story -> {
              story.posted("often").put("overlap", "cancel_previous");
              story.execution("often-1-1").put("finished_at", Story.at(31).toString());
            }),
        broken(
            Kind.OVERLAPPED,
            "what was queued did not wait",
            story -> {
              story.posted("often").put("overlap", "queue_one");
              story.execution("often-1-1").put("finished_at", Story.at(31).toString());
            }),
        broken(
            Kind.OVERLAPPED,
            "more runs than there may be",
            story -> {
              story.posted("often").put("overlap", "allow").put("max_concurrent_runs", 1);
              story.run("often-1").put("finished_at", Story.at(31).toString());
            }),
        broken(
            Kind.CAUGHT_UP_WRONG,
            "fired when the next time had come as well",
            story -> story.run("often-1").put("created_at", Story.at(21).toString())),
        broken(
            Kind.CAUGHT_UP_WRONG,
            "missed times fired beside each other",
            story -> {
              story.posted("often", 1).put("misfire", "fire_all").put("overlap", "allow");
              story.run("often-4").put("finished_at", Story.at(47).toString());
              story.run("often-5").put("created_at", Story.at(46).toString());
            }),
        broken(
            Kind.CAUGHT_UP_WRONG,
            "a missed time was skipped though each was to be fired",
            story -> {
              story.posted("often").put("misfire", "fire_all");
              story.run("often-2").put("reason", "misfire");
            }),
        broken(
            Kind.CAUGHT_UP_WRONG,
            "a missed time was to be skipped",
            story -> {
              story.posted("once").put("misfire", "skip");
              story.run("once-1").put("created_at", Story.at(61).toString());
            }),
        broken(
            Kind.TRIED_TOO_OFTEN,
            "tried again after a loss",
            story -> story.posted("once").putObject("retry").put("on_lost", false)),
        broken(
            Kind.TRIED_TOO_OFTEN,
            "tried again after its only attempt",
            story -> {
              story.posted("once").putObject("retry").put("max_attempts", 1);
              story.outcome("once-1-1", 1, "Failed");
            }),
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
            story -> story.ledger.add(story.entry("all-1-1", 1, "start", "alpha"))),
        broken(
            Kind.STARTED_WITHOUT_GRANT,
            "an attempt that no event granted",
            story -> story.ledger.add(story.entry("all-1-1", 2, "start", "alpha"))),
        broken(
            Kind.STARTED_WITHOUT_GRANT,
            "an execution that nobody knows",
            story -> story.ledger.add(story.entry("ghost-1-1", 1, "start", "alpha"))),
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

              story.ledger.add(story.entry("all-1-1", 2, "start", "alpha"));
              story.ledger.add(story.entry("all-1-1", 2, "end", "alpha"));
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

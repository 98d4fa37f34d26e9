package io.octopus.system;

import static io.octopus.system.Patience.throughout;
import static io.octopus.system.Patience.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tasks that fire by themselves. */
class ScheduleIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @RegisterExtension static final Cluster cluster = Cluster.fresh();

  @BeforeAll
  static void start() {
    cluster.coordinator();
    cluster.worker("alpha", "--slots", "4");
  }

  @Test
  void anIntervalFiresEverySecondAndAKillOfTheCoordinatorLosesNoTime() {
    var task = cluster.api().create(everySecond("hello"));
    awaitRuns(task, 3, run -> run.status().equals("Completed"));

    cluster.restartCoordinator();

    var before = runs(task).size();
    within(SOON.multipliedBy(2))
        .until(
            () ->
                runs(task).stream()
                        .skip(before)
                        .filter(run -> run.status().equals("Completed"))
                        .count()
                    >= 3);
    everyTimeIsAccountedForOnce(task);
    assertThat(cluster.api().task(task.id()).json().path("next_run_at").isTextual()).isTrue();
    delete(task);
  }

  @Test
  void aCronExpressionWithSecondsFires() {
    var task =
        cluster
            .api()
            .create(
                TaskRequest.of("hello")
                    .by("Anyone")
                    .with("type", "Scheduled")
                    .with("cron", "*/2 * * * * *"));

    awaitRuns(task, 2, run -> run.trigger().equals("schedule"));

    assertThat(runs(task)).allMatch(run -> run.fireTime().getEpochSecond() % 2 == 0);
    delete(task);
  }

  @Test
  void aPausedTaskRestsAndWhatItMissedIsOneRecord() {
    var task = cluster.api().create(everySecond("hello"));
    awaitRuns(task, 1, run -> true);

    var paused = cluster.api().post("/tasks/" + task.id() + "/pause").expect(200).json();
    int before = runs(task).size();
    assertThat(paused.path("paused").asBoolean()).isTrue();
    assertThat(paused.path("next_run_at").isNull()).isTrue();
    throughout(Duration.ofSeconds(3)).until(() -> runs(task).size() == before);
    cluster.api().post("/tasks/" + task.id() + "/resume").expect(200);

    awaitRuns(task, 1, run -> run.status().equals("Skipped") && run.reason().equals("paused"));
    awaitRuns(task, before + 2, run -> true);
    everyTimeIsAccountedForOnce(task);
    delete(task);
  }

  @Test
  void aTimeAtWhichTheTaskStillRunsIsSkipped() {
    var task = cluster.api().create(everySecond("slow").args(3));

    awaitRuns(task, 1, run -> run.status().equals("Skipped") && run.reason().equals("overlap"));
    awaitRuns(task, 1, run -> run.status().equals("Completed"));

    everyTimeIsAccountedForOnce(task);
    delete(task);
  }

  @Test
  void atItsEndATaskIsCompleted() {
    var end = Instant.now().plusSeconds(4);
    var task =
        cluster.api().create(everySecond("hello").with("execution_end_time", end.toString()));
    assertThat(task.status()).isEqualTo("Active");

    cluster.awaitTask(task, "Completed", SOON);

    assertThat(runs(task)).isNotEmpty().allMatch(run -> !run.fireTime().isAfter(end));
    everyTimeIsAccountedForOnce(task);
  }

  @Test
  void aDeletedTaskFiresNoMore() {
    var task = cluster.api().create(everySecond("hello"));
    awaitRuns(task, 1, run -> true);

    delete(task);

    int before = runs(task).size();
    throughout(Duration.ofSeconds(3)).until(() -> runs(task).size() == before);
  }

  private static TaskRequest everySecond(String plugin) {
    return TaskRequest.of(plugin)
        .by("Anyone")
        .with("type", "Interval")
        .with("interval", 1)
        .with("expires_after", "1m");
  }

  private static void awaitRuns(Task task, int least, Predicate<Run> wanted) {
    within(SOON).until(() -> runs(task).stream().filter(wanted).count(), count -> count >= least);
  }

  /** Oldest first. */
  private static List<Run> runs(Task task) {
    return cluster.api().runs(task.id()).stream()
        .sorted(Comparator.comparing(Run::fireTime))
        .toList();
  }

  /** Second after second has its run or belongs to one skip record, and none has two. */
  private static void everyTimeIsAccountedForOnce(Task task) {
    var times = runs(task).stream().flatMap(run -> run.times(SECOND).stream()).toList();
    var created = Instant.parse(task.json().path("created_at").asText());
    var expected =
        Stream.iterate(created.plus(SECOND), time -> time.plus(SECOND)).limit(times.size());
    assertThat(times).containsExactlyElementsOf(expected.toList());
  }

  private static void delete(Task task) {
    cluster.api().delete("/tasks/" + task.id()).expect(204);
  }
}

package io.octopus.system;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many tasks posted at once, and how they fare. */
public final class Batch {
  private static final int CLIENTS = 8;

  private final Api api;
  private final Set<String> ids;

  private Batch(Api api, Set<String> ids) {
    this.api = api;
    this.ids = ids;
  }

  /** Posts so many tasks over several connections at once; every one must be a 201. */
  public static Batch post(Api api, int count, Supplier<TaskRequest> task) {
    var threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      var posted =
          IntStream.range(0, count)
              .mapToObj(
                  any -> CompletableFuture.supplyAsync(() -> api.create(task.get()).id(), threads))
              .toList();
      Set<String> ids =
          posted.stream().map(CompletableFuture::join).collect(Collectors.toUnmodifiableSet());
      assertThat(ids).as("ids of the tasks posted").hasSize(count);
      return new Batch(api, ids);
    } finally {
      threads.shutdown();
    }
  }

  public Set<String> ids() {
    return ids;
  }

  /** Waits until every task is Completed. */
  public Batch awaitCompleted(Duration bound) {
    Patience.within(bound)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () ->
                assertThat(statuses())
                    .as(() -> "tasks by status; unfinished: " + unfinished())
                    .isEqualTo(Map.of("Completed", (long) ids.size())));
    return this;
  }

  /** How many tasks are in which status. */
  public Map<String, Long> statuses() {
    return api.tasks().values().stream()
        .filter(task -> ids.contains(task.id()))
        .collect(groupingBy(Task::status, counting()));
  }

  public List<Execution> executions() {
    return api.executions().stream().filter(execution -> ids.contains(execution.taskId())).toList();
  }

  private List<Execution> unfinished() {
    return executions().stream()
        .filter(execution -> !execution.status().equals("Completed"))
        .limit(3)
        .toList();
  }
}

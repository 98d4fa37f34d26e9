package io.octopus.system.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.system.Execution;
import io.octopus.system.HistoryLine;
import io.octopus.system.Ledger;
import io.octopus.system.Run;
import io.octopus.system.Task;
import io.octopus.system.check.Accepted.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Made-up evidence in which all is well: a task for Anyone that lost an attempt, one for ALL, one
 * that recurs, was edited and skipped a firing, one with a fixed delay, and one that was deleted.
 * Tests change any of it.
 */
final class Story {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Instant ZERO = Instant.parse("2026-11-30T08:00:00Z");

  private final Map<String, List<Change>> changes = new LinkedHashMap<>();
  private final Map<String, List<HistoryLine>> histories = new LinkedHashMap<>();
  final List<ObjectNode> tasks = new ArrayList<>();
  final List<ObjectNode> runs = new ArrayList<>();
  final List<ObjectNode> executions = new ArrayList<>();
  final List<Ledger.Entry> ledger = new ArrayList<>();
  Instant healed = at(20);

  Story() {
    task("once", definition("Anyone"));
    run("once", 1, 0, "alpha");
    execution("once-1-1", "alpha", "Lost", "Completed");
    task("all", definition("ALL"));
    run("all", 1, 0, "alpha", "beta");
    execution("all-1-1", "alpha", "Completed");
    execution("all-1-2", "beta", "Completed");
    often();
    delayed();
    deleted();
  }

  /** Every ten seconds; from second 35 on every five by cron, until it is cancelled at 48. */
  private void often() {
    task("often", definition("beta").put("type", "Interval").put("interval", 10));
    run("often", 1, 10, "beta");
    execution("often-1-1", "beta", "Completed");
    skip("often", 2, 20).put("reason", "overlap");
    run("often", 3, 30, "beta");
    execution("often-3-1", "beta", "Completed");
    edit("often", 35, definition("beta").put("type", "Scheduled").put("cron", "*/5 * * * * *"));
    run("often", 4, 35, "beta");
    execution("often-4-1", "beta", "Completed");
    run("often", 5, 40, "beta");
    execution("often-5-1", "beta", "Completed");
    skip("often", 6, 45).put("reason", "paused");
    change("often", 48, Change.of("task_cancelled"));
  }

  /** Three seconds after each run, each of which takes one. */
  private void delayed() {
    var definition = definition("alpha").put("type", "Interval").put("interval", 3);
    task("delayed", definition.put("interval_mode", "fixed_delay"));
    for (int number = 1; number <= 7; number++) {
      run("delayed", number, 4 * number - 1, "alpha");
      execution("delayed-" + number + "-1", "alpha", "Completed");
    }
    change("delayed", 30, Change.of("task_cancelled"));
  }

  private void deleted() {
    task("deleted", definition("beta").put("execution_start_time", at(60).toString()));
    tasks.remove(tasks.size() - 1);
    change("deleted", 5, Change.of("task_deleted"));
  }

  Evidence evidence() {
    return new Evidence(
        changes.entrySet().stream()
            .map(task -> new Accepted(task.getKey(), task.getValue()))
            .toList(),
        tasks.stream().map(Task::new).toList(),
        histories,
        runs.stream().map(Run::new).toList(),
        executions.stream().map(Execution::new).toList(),
        ledger,
        healed);
  }

  static ObjectNode definition(String owner) {
    return JSON.createObjectNode().put("owner", owner);
  }

  private void task(String id, ObjectNode definition) {
    tasks.add(JSON.createObjectNode().put("id", id).put("name", id).put("status", "Completed"));
    change(id, 0, Change.created(new Definition(definition)));
  }

  void edit(String id, int second, ObjectNode definition) {
    change(id, second, Change.edited(new Definition(definition)));
  }

  void change(String id, int second, Change change) {
    changes(id).add(change);
    var history = history(id);
    history.add(new HistoryLine(line(history.size() + 1, second, change.event())));
  }

  /** What was accepted. */
  List<Change> changes(String id) {
    return changes.computeIfAbsent(id, any -> new ArrayList<>());
  }

  List<HistoryLine> history(String id) {
    return histories.computeIfAbsent(id, any -> new ArrayList<>());
  }

  private static ObjectNode line(int number, int second, String event) {
    return JSON.createObjectNode()
        .put("number", number)
        .put("at", at(second).toString())
        .put("event", event);
  }

  /** What the task was created with, to be changed. */
  ObjectNode posted(String id) {
    return posted(id, 0);
  }

  /** What a change of the task was, to be changed. */
  ObjectNode posted(String id, int change) {
    return (ObjectNode) changes(id).get(change).definition().orElseThrow().json();
  }

  ObjectNode run(String task, int number, int second, String... targets) {
    ObjectNode run = JSON.createObjectNode();
    run.put("id", task + "-" + number).put("task_id", task).put("status", "Completed");
    run.put("fire_time", at(second).toString()).put("created_at", at(second).toString());
    run.put("finished_at", at(second + 1).toString()).put("trigger", "schedule");
    run.putNull("fire_time_until").putNull("skipped_count").putNull("reason");
    run.set("targets", JSON.valueToTree(targets));
    runs.add(run);
    return run;
  }

  ObjectNode skip(String task, int number, int second) {
    ObjectNode run = run(task, number, second).put("status", "Skipped").put("skipped_count", 1);
    return run.put("fire_time_until", at(second).toString());
  }

  void execution(String id, String client, String... outcomes) {
    ObjectNode run = run(id.substring(0, id.lastIndexOf('-')));
    ObjectNode execution = JSON.createObjectNode().put("id", id).put("client", client);
    execution.put("run_id", run.path("id").asText()).put("status", "Completed");
    execution.set("created_at", run.path("created_at"));
    execution.set("finished_at", run.path("finished_at"));
    execution.put("attempt", outcomes.length);
    execution.putObject("result").put("attempt", outcomes.length).put("client", client);
    execution.putArray("attempts");
    for (int number = 1; number <= outcomes.length; number++) {
      attempt(execution, number, outcomes[number - 1]);
      ledger.add(entry(id, number, "start", client));
    }
    ledger.add(entry(id, outcomes.length, "end", client));
    executions.add(execution);
  }

  static void attempt(ObjectNode execution, int number, String outcome) {
    ObjectNode attempt = execution.withArray("attempts").addObject();
    attempt.put("number", number).put("outcome", outcome);
    attempt.put("client", execution.path("client").asText());
    attempt.set("started_at", execution.path("created_at"));
  }

  ObjectNode run(String id) {
    return find(runs, id);
  }

  ObjectNode execution(String id) {
    return find(executions, id);
  }

  void outcome(String execution, int attempt, String outcome) {
    ((ObjectNode) execution(execution).path("attempts").path(attempt - 1)).put("outcome", outcome);
  }

  /** The execution was never granted an attempt. */
  void pending(String id) {
    ObjectNode execution = execution(id);
    execution.put("status", "Pending").put("attempt", 0).putNull("result");
    execution.putArray("attempts");
    ledger.removeIf(entry -> entry.execution().equals(id));
  }

  /** The execution never was. */
  void remove(String execution) {
    executions.remove(execution(execution));
    ledger.removeIf(entry -> entry.execution().equals(execution));
  }

  /** The plugin noted other times. */
  void move(String execution, Duration by) {
    ledger.replaceAll(
        entry ->
            entry.execution().equals(execution) ? entry(entry, entry.clock().plus(by)) : entry);
  }

  /** A line that was written when the execution's run was due. */
  Ledger.Entry entry(String execution, int attempt, String what, String client) {
    Instant due =
        runs.stream()
            .filter(run -> execution.startsWith(run.path("id").asText() + "-"))
            .map(run -> Instant.parse(run.path("fire_time").asText()))
            .findFirst()
            .orElse(ZERO);
    return new Ledger.Entry(execution, attempt, what, client, 1, 0, due);
  }

  static Instant at(int second) {
    return ZERO.plusSeconds(second);
  }

  private static Ledger.Entry entry(Ledger.Entry entry, Instant clock) {
    return new Ledger.Entry(
        entry.execution(), entry.attempt(), entry.what(), entry.client(), entry.pid(), 0, clock);
  }

  private static ObjectNode find(List<ObjectNode> nodes, String id) {
    return nodes.stream()
        .filter(node -> node.path("id").asText().equals(id))
        .findAny()
        .orElseThrow();
  }
}

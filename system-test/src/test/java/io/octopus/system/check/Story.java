package io.octopus.system.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.system.Execution;
import io.octopus.system.Ledger;
import io.octopus.system.Run;
import io.octopus.system.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Made-up evidence in which all is well: a task for Anyone that lost an attempt, one for ALL, and
 * one that recurs and skipped a firing. Tests change any of it.
 */
final class Story {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Instant ZERO = Instant.parse("2026-11-30T08:00:00Z");

  final List<ObjectNode> tasks = new ArrayList<>();
  final List<ObjectNode> runs = new ArrayList<>();
  final List<ObjectNode> executions = new ArrayList<>();
  final List<Ledger.Entry> ledger = new ArrayList<>();
  Instant healed = at(25);

  Story() {
    task("once", "Anyone");
    run("once", 1, 0, "alpha");
    execution("once-1-1", "alpha", "Lost", "Completed");
    task("all", "ALL");
    run("all", 1, 0, "alpha", "beta");
    execution("all-1-1", "alpha", "Completed");
    execution("all-1-2", "beta", "Completed");
    task("often", "beta");
    run("often", 1, 10, "beta");
    execution("often-1-1", "beta", "Completed");
    run("often", 2, 20).put("status", "Skipped").put("reason", "overlap").put("skipped_count", 1);
    run("often", 3, 30, "beta");
    execution("often-3-1", "beta", "Completed");
  }

  Evidence evidence() {
    return new Evidence(
        List.of(
            Accepted.once("once"),
            Accepted.once("all"),
            Accepted.every(Duration.ofSeconds(10), "often")),
        tasks.stream().map(Task::new).toList(),
        runs.stream().map(Run::new).toList(),
        executions.stream().map(Execution::new).toList(),
        ledger,
        healed);
  }

  private void task(String id, String owner) {
    tasks.add(JSON.createObjectNode().put("id", id).put("name", id).put("owner", owner));
  }

  ObjectNode run(String task, int number, int second, String... targets) {
    ObjectNode run = JSON.createObjectNode();
    run.put("id", task + "-" + number).put("task_id", task).put("status", "Completed");
    run.put("fire_time", at(second).toString()).put("created_at", at(second).toString());
    run.putNull("fire_time_until").put("skipped_count", 0);
    run.set("targets", JSON.valueToTree(targets));
    runs.add(run);
    return run;
  }

  void execution(String id, String client, String... outcomes) {
    ObjectNode execution = JSON.createObjectNode().put("id", id).put("client", client);
    execution.put("run_id", id.substring(0, id.lastIndexOf('-'))).put("status", "Completed");
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

  /** A line that was written in the second in which the run with this number was due. */
  static Ledger.Entry entry(String execution, int attempt, String what, String client) {
    int run = execution.startsWith("often") ? Integer.parseInt(execution.split("-", -1)[1]) : 0;
    return new Ledger.Entry(execution, attempt, what, client, 1, 0, at(10 * run));
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

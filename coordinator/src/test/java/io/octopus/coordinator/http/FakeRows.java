package io.octopus.coordinator.http;

import static java.util.concurrent.CompletableFuture.completedFuture;

import akka.Done;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.store.ArtefactStore.Artefact;
import io.octopus.coordinator.store.ExecutionFilter;
import io.octopus.coordinator.store.OutputStore.OutputPart;
import io.octopus.coordinator.store.OutputStore.OutputParts;
import io.octopus.coordinator.store.OutputStore.OutputPiece;
import io.octopus.coordinator.store.Page;
import io.octopus.coordinator.store.PageRequest;
import io.octopus.coordinator.store.RunFilter;
import io.octopus.coordinator.store.StatusFigures;
import io.octopus.coordinator.store.StoredTask;
import io.octopus.coordinator.store.TaskFilter;
import io.octopus.coordinator.store.UnfinishedWork.Undone;
import io.octopus.protocol.AttemptId;
import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.RunId;
import io.octopus.protocol.TaskId;
import io.octopus.protocol.WorkerName;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Rows in memory; counts how often it is asked for one. */
final class FakeRows implements Rows {
  final Map<String, StoredTask> tasks = new ConcurrentHashMap<>();
  final Map<String, ObjectNode> runs = new ConcurrentHashMap<>();
  final Map<String, ObjectNode> executions = new ConcurrentHashMap<>();
  final Map<String, Undone> undone = new ConcurrentHashMap<>();
  final Map<WorkerName, ObjectNode> clients = new ConcurrentHashMap<>();
  final AtomicInteger reads = new AtomicInteger();
  final Map<String, String> storedResults = new ConcurrentHashMap<>();
  final Map<String, byte[]> artefacts = new ConcurrentHashMap<>();
  volatile String output = "";
  volatile @Nullable TaskFilter taskFilter;
  volatile @Nullable ExecutionFilter executionFilter;
  volatile @Nullable PageRequest page;

  FakeRows() {
    fill();
  }

  /** One task that runs, with its run and its execution, and one client. */
  void fill() {
    put(SampleRows.task("t1"), 3);
    runs.put("t1-1", SampleRows.run("t1-1", "t1", "Running"));
    executions.put("t1-1-1", SampleRows.execution("t1-1-1", "t1-1", "t1", "Running"));
    clients.put(new WorkerName("alpha"), SampleRows.client("alpha"));
  }

  final void put(ObjectNode task, int version) {
    tasks.put(task.path("id").asText(), new StoredTask(task, version, false));
  }

  @Override
  public CompletionStage<Optional<StoredTask>> task(TaskId id) {
    reads.incrementAndGet();
    return completedFuture(Optional.ofNullable(tasks.get(id.value())));
  }

  @Override
  public CompletionStage<Page> history(TaskId id, PageRequest asked) {
    page = asked;
    return completedFuture(
        tasks.containsKey(id.value())
            ? new Page(List.of(SampleRows.historyLine(id.value())), "next")
            : new Page(List.of(), null));
  }

  @Override
  public CompletionStage<Page> tasks(TaskFilter filter, PageRequest asked) {
    taskFilter = filter;
    page = asked;
    return completedFuture(
        new Page(tasks.values().stream().map(StoredTask::json).toList(), "next"));
  }

  @Override
  public CompletionStage<Optional<ObjectNode>> run(RunId id) {
    reads.incrementAndGet();
    return completedFuture(Optional.ofNullable(runs.get(id.value())));
  }

  @Override
  public CompletionStage<Page> runs(RunFilter filter, PageRequest asked) {
    return completedFuture(new Page(List.copyOf(runs.values()), null));
  }

  @Override
  public CompletionStage<Optional<ObjectNode>> execution(ExecutionId id) {
    reads.incrementAndGet();
    return completedFuture(Optional.ofNullable(executions.get(id.value())));
  }

  @Override
  public CompletionStage<Optional<String>> storedResult(ExecutionId id) {
    return completedFuture(Optional.ofNullable(storedResults.get(id.value())));
  }

  @Override
  public CompletionStage<Page> executions(ExecutionFilter filter, PageRequest asked) {
    executionFilter = filter;
    return completedFuture(new Page(List.copyOf(executions.values()), null));
  }

  @Override
  public CompletionStage<List<ObjectNode>> clients() {
    return completedFuture(List.copyOf(clients.values()));
  }

  @Override
  public CompletionStage<Optional<ObjectNode>> client(WorkerName name) {
    return completedFuture(Optional.ofNullable(clients.get(name)));
  }

  @Override
  public CompletionStage<Optional<Undone>> undoneOf(RunId run) {
    return completedFuture(Optional.ofNullable(undone.get(run.value())));
  }

  @Override
  public CompletionStage<StatusFigures> status() {
    return completedFuture(
        new StatusFigures(
            Map.of("Active", 1L),
            Map.of("Pending", 2L, "Running", 1L),
            Map.of("Online", 1L, "Idle", 0L, "Offline", 0L),
            2,
            7L,
            Map.of("Completed", 5L, "TimedOut", 1L),
            null));
  }

  @Override
  public CompletionStage<OutputPiece> output(
      ExecutionId execution, @Nullable Integer attempt, long offset, int limit) {
    int from = (int) Math.min(offset, output.length());
    int to = Math.min(output.length(), from + limit);
    return completedFuture(new OutputPiece(1, output.substring(from, to), to));
  }

  @Override
  public CompletionStage<OutputPiece> lastOutput(
      ExecutionId execution, @Nullable Integer attempt, int lines, int limit) {
    List<String> all = output.lines().toList();
    String last = String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    return completedFuture(new OutputPiece(1, last, output.length()));
  }

  @Override
  public CompletionStage<OutputParts> outputParts(
      ExecutionId execution, @Nullable Integer attempt, long offset, int limit) {
    return output(execution, attempt, offset, limit)
        .thenApply(
            piece ->
                new OutputParts(
                    1,
                    piece.text().isEmpty()
                        ? List.of()
                        : List.of(
                            new OutputPart(
                                "log",
                                "INFO",
                                "2026-01-02T03:04:05.000Z",
                                piece.text(),
                                piece.nextOffset()))));
  }

  @Override
  public CompletionStage<Done> outputNews(ExecutionId execution, Duration atMost) {
    return completedFuture(Done.getInstance());
  }

  @Override
  public CompletionStage<List<Artefact>> artefacts(ExecutionId execution) {
    return completedFuture(
        artefacts.entrySet().stream()
            .map(
                file ->
                    new Artefact(
                        new AttemptId(execution, 2), file.getKey(), file.getValue().length, "ab"))
            .sorted(Comparator.comparing(Artefact::name))
            .toList());
  }

  @Override
  public CompletionStage<byte[]> artefactPiece(Artefact artefact, long start) {
    byte[] all = artefacts.getOrDefault(artefact.name(), new byte[0]);
    return completedFuture(
        Arrays.copyOfRange(all, (int) start, (int) Math.min(all.length, start + 3)));
  }
}

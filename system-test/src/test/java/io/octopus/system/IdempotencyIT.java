package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same Idempotency-Key never makes a second task. */
class IdempotencyIT {
  @RegisterExtension static final Cluster cluster = Cluster.fresh();

  @BeforeAll
  static void oneWorker() {
    cluster.coordinator();
    cluster.worker("alpha");
  }

  @Test
  void twentyPostsAtOnceWithOneKeyAreOneTask() {
    var ledger = cluster.ledger("at-once");
    var request = TaskRequest.noted(ledger, 0).by("Anyone");

    var threads = Executors.newFixedThreadPool(10);
    List<CompletableFuture<Answer>> answers =
        IntStream.range(0, 20)
            .mapToObj(any -> CompletableFuture.supplyAsync(() -> post("at-once", request), threads))
            .toList();
    var ids = answers.stream().map(CompletableFuture::join).map(IdempotencyIT::id).toList();
    threads.shutdown();

    assertThat(ids).hasSize(20).containsOnly(ids.get(0));
    var task = cluster.api().task(ids.get(0));
    cluster.awaitTask(task, "Completed", Duration.ofSeconds(15));
    post("at-once", request).expect(201);
    assertThat(cluster.api().executions(task.id())).hasSize(1);
    assertThat(ledger.starts()).hasSize(1);
  }

  @Test
  void theSameKeyWithAnotherBodyIs422AlsoAfterTheTaskWasDeleted() {
    var first = post("other-body", TaskRequest.of("hello").by("nobody-yet")).expect(201);
    var other = TaskRequest.of("hello").by("somebody-else");

    post("other-body", other).expect(422);
    cluster.api().delete("/tasks/" + id(first)).expect(204);

    post("other-body", other).expect(422);
    assertThat(cluster.api().tasks()).doesNotContainKey(id(first));
  }

  @Test
  void theKeyIsKnownAfterAKillOfTheCoordinator() {
    var request = TaskRequest.of("hello").by("nobody-yet");
    var first = post("restart", request).expect(201);

    cluster.restartCoordinator();

    assertThat(id(post("restart", request).expect(201))).isEqualTo(id(first));
  }

  private static Answer post(String key, TaskRequest request) {
    return cluster
        .api()
        .post("/tasks", request.body(), http -> http.header("Idempotency-Key", key));
  }

  private static String id(Answer answer) {
    return answer.json().path("id").asText();
  }
}

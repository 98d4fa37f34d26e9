package io.octopus.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.octopus.coordinator.dashboard.Changed;
import io.octopus.coordinator.dashboard.Changed.Kind;
import io.octopus.coordinator.dashboard.LiveFeed;
import io.octopus.coordinator.http.EventReader.Received;
import io.octopus.protocol.WorkerName;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners of {@code GET /events} hear what changed, once, and never miss it unknowingly. */
@Timeout(120)
class LiveFeedTest {
  private final ApiServer server = new ApiServer();
  private final ContractClient api = server.client();

  @BeforeEach
  void nothingWasReadYet() {
    server.rows.reads.set(0);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void changed(Kind kind, String id) {
    server.feed.tell(new LiveFeed.Noticed(new Changed(kind, id)));
  }

  private EventReader listen(String... headers) {
    return new EventReader(api.lines("/events", headers));
  }

  @Test
  void everyKindOfThingIsSentAsTheApiShowsIt() {
    try (EventReader events = listen()) {
      assertThat(events.next().name()).isEmpty();
      changed(Kind.TASK, "t1");
      changed(Kind.RUN, "t1-1");
      changed(Kind.EXECUTION, "t1-1-1");
      changed(Kind.CLIENT, "alpha");
      changed(Kind.PLUGIN, "hello");

      for (String name : new String[] {"task", "run", "execution", "client", "plugin"}) {
        Received event = events.next();
        assertThat(event.name()).isEqualTo(name);
        ContractClient.requireSchema(
            Character.toUpperCase(name.charAt(0)) + name.substring(1), event.data());
      }
    }
  }

  @Test
  void whatChangesManyTimesIsReadAndSentOnce() {
    try (EventReader events = listen()) {
      events.next();
      for (int i = 0; i < 50; i++) {
        changed(Kind.TASK, "t1");
      }
      assertThat(events.next().data().path("id").asText()).isEqualTo("t1");
      assertThat(server.rows.reads).hasValue(1);
    }
  }

  @Test
  void whatIsGoneIsSentAsDeleted() {
    server.rows.tasks.clear();
    server.rows.clients.remove(new WorkerName("alpha"));
    try (EventReader events = listen()) {
      events.next();
      changed(Kind.TASK, "t1");
      changed(Kind.CLIENT, "alpha");

      Received task = events.next();
      ContractClient.requireSchema("Deleted", task.data());
      assertThat(task.data().path("deleted").asBoolean()).isTrue();
      assertThat(events.next().data().path("name").asText()).isEqualTo("alpha");
    }
  }

  @Test
  void aResultThatIsLargeIsLeftOut() {
    Objects.requireNonNull(server.rows.executions.get("t1-1-1")).put("result", "x".repeat(70_000));
    try (EventReader events = listen()) {
      events.next();
      changed(Kind.EXECUTION, "t1-1-1");

      Received event = events.next();
      assertThat(event.data().path("result").isNull()).isTrue();
      assertThat(event.data().path("result_omitted").asBoolean()).isTrue();
    }
  }

  @Test
  void aListenerThatWasAwayForAMomentGetsWhatItMissed() {
    try (EventReader staying = listen()) {
      String seen = staying.next().id();
      changed(Kind.TASK, "t1");
      String missed = staying.next().id();

      try (EventReader back = listen("Last-Event-ID", seen)) {
        Received event = back.next();
        assertThat(event.name()).isEqualTo("task");
        assertThat(event.id()).isEqualTo(missed);
      }
    }
  }

  @Test
  void aListenerOfAnotherCoordinatorOrOfUnknownPositionIsReset() {
    for (String id : new String[] {"other-0", "test-99", "garbage"}) {
      try (EventReader events = listen("Last-Event-ID", id)) {
        Received event = events.next();
        assertThat(event.name()).isEqualTo("reset");
        ContractClient.requireSchema("Reset", event.data());
      }
    }
  }

  @Test
  void withNobodyListeningNothingIsReadAndWhoComesBackIsReset() {
    String seen;
    try (EventReader events = listen()) {
      seen = events.next().id();
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              server.rows.reads.set(0);
              changed(Kind.TASK, "t1");
              await().pollDelay(Duration.ofMillis(400)).until(() -> true);
              assertThat(server.rows.reads).hasValue(0);
            });

    try (EventReader events = listen("Last-Event-ID", seen)) {
      assertThat(events.next().name()).isEqualTo("reset");
    }
  }
}

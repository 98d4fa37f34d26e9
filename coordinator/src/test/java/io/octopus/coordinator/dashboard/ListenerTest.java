package io.octopus.coordinator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.Attributes;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.octopus.coordinator.http.EventStream.Event;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ListenerTest {
  private static final ActorTestKit kit = ActorTestKit.create();
  private static final Event RESET = new Event("reset", "e-0", "{}");

  @AfterAll
  static void shutDown() {
    kit.shutdownTestKit();
  }

  @Test
  void whoIsTooSlowIsToldToReadAgainBeforeAnythingElse() throws Exception {
    var stream =
        Source.<Event>queue(2)
            .toMat(Sink.<Event>queue().withAttributes(Attributes.inputBuffer(1, 1)), Keep.both())
            .run(kit.system());
    var listener = new Listener(stream.first());
    for (int i = 1; !listener.hasMissedSome(); i++) {
      listener.offer(event(i), RESET);
      assertThat(i).isLessThan(20);
    }

    while (listener.hasMissedSome()) {
      stream.second().pull().toCompletableFuture().get(30, TimeUnit.SECONDS);
      listener.offer(event(100), RESET);
    }
    listener.offer(event(101), RESET);

    Event next;
    do {
      next = pulled(stream.second().pull().toCompletableFuture().get(30, TimeUnit.SECONDS));
    } while (!"reset".equals(next.name()));
    assertThat(listener.isGone()).isFalse();
  }

  @Test
  void whoHasLeftIsGone() throws Exception {
    var stream = Source.<Event>queue(2).toMat(Sink.<Event>head(), Keep.both()).run(kit.system());
    var listener = new Listener(stream.first());
    listener.offer(event(1), RESET);
    stream.second().toCompletableFuture().get(30, TimeUnit.SECONDS);

    while (!listener.isGone()) {
      listener.offer(event(2), RESET);
    }
    assertThat(listener.listensTo(stream.first())).isTrue();
  }

  private static Event event(int number) {
    return new Event("task", "e-" + number, "{}");
  }

  private static Event pulled(java.util.Optional<Event> event) {
    return event.orElseThrow();
  }
}

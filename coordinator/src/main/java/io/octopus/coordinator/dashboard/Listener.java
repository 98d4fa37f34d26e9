package io.octopus.coordinator.dashboard;

import akka.stream.BoundedSourceQueue;
import akka.stream.QueueOfferResult;
import io.octopus.coordinator.http.EventStream.Event;

/** One open stream of events. A slow one misses events, and is told so as soon as it can be. */
final class Listener {
  private final BoundedSourceQueue<Event> queue;
  private boolean missedSome;
  private boolean gone;

  Listener(BoundedSourceQueue<Event> queue) {
    this.queue = queue;
  }

  /**
   * @param reset what is sent instead when this listener has missed something: it then reads
   *     everything again, this event's change included
   */
  void offer(Event event, Event reset) {
    QueueOfferResult result = queue.offer(missedSome ? reset : event);
    if (result.isEnqueued()) {
      missedSome = false;
    } else if (result.equals(QueueOfferResult.dropped())) {
      missedSome = true;
    } else {
      gone = true;
    }
  }

  boolean hasMissedSome() {
    return missedSome;
  }

  boolean isGone() {
    return gone;
  }

  boolean listensTo(BoundedSourceQueue<Event> other) {
    return queue.equals(other);
  }
}

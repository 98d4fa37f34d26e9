package io.octopus.coordinator.http;

import io.octopus.protocol.WorkerName;
import java.util.concurrent.CompletionStage;

/** What the API can ask of the fleet. Who the clients are, the read model says. */
public interface ClientCommands {

  /** The client gets no new work. */
  CompletionStage<Reply> drain(WorkerName client, String by);

  /** The client gets work again. */
  CompletionStage<Reply> resume(WorkerName client, String by);

  /** The client is no longer listed; only an Offline one can be forgotten. */
  CompletionStage<Reply> forget(WorkerName client, String by);

  /** What became of it. */
  sealed interface Reply {

    /** Done, now or before. */
    record Accepted() implements Reply {}

    /** There is no such client. */
    record Unknown() implements Reply {}

    /** The client's status does not allow it. */
    record Refused(String why) implements Reply {}
  }
}

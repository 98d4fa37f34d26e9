package io.octopus.coordinator.http;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.octopus.protocol.WorkerName;
import java.util.concurrent.CompletionStage;

/** A fleet of one client, alpha, that is Online. */
final class FakeClients implements ClientCommands {
  volatile boolean offline;

  @Override
  public CompletionStage<Reply> drain(WorkerName client, String by) {
    return known(client);
  }

  @Override
  public CompletionStage<Reply> resume(WorkerName client, String by) {
    return known(client);
  }

  @Override
  public CompletionStage<Reply> forget(WorkerName client, String by) {
    return offline || !client.equals(new WorkerName("alpha"))
        ? known(client)
        : completedFuture(new Reply.Refused("client alpha is Online"));
  }

  private static CompletionStage<Reply> known(WorkerName client) {
    return completedFuture(
        client.equals(new WorkerName("alpha")) ? new Reply.Accepted() : new Reply.Unknown());
  }
}

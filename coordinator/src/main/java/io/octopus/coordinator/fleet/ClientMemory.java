package io.octopus.coordinator.fleet;

import akka.Done;
import io.octopus.protocol.WorkerName;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where the fleet's clients are remembered while the coordinator is away. */
public interface ClientMemory {

  /** Everyone ever admitted and not forgotten. */
  CompletionStage<List<KnownClient>> load();

  /** Writes what is known of clients now. */
  CompletionStage<Done> save(List<FleetMember> clients);

  /** Forgets a client. */
  CompletionStage<Done> forget(WorkerName name);
}

package io.octopus.coordinator.task;

import io.octopus.protocol.WorkerName;
import java.util.Map;

/** Where an execution may run. */
public sealed interface Placement {

  /** On this client and no other. */
  record On(WorkerName worker) implements Placement {}

  /** On any client with these labels. */
  record Anywhere(Map<String, String> labels) implements Placement {
    public Anywhere {
      labels = Map.copyOf(labels);
    }
  }
}

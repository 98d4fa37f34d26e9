package io.octopus.coordinator.task;

import io.octopus.protocol.WorkerName;

/** A client that a run left out when its targets were frozen, and why, as one of the codes. */
public record SkippedClient(WorkerName client, String reason) {}

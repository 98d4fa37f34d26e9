package io.octopus.coordinator.task;

import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.WorkerName;
import org.jspecify.annotations.Nullable;

/**
 * An execution as a run plans it.
 *
 * @param client the only client that may run it; null when any client may
 */
public record PlannedExecution(ExecutionId execution, @Nullable WorkerName client) {}

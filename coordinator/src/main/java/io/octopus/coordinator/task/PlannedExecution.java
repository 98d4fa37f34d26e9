package io.octopus.coordinator.task;

import io.octopus.protocol.ExecutionId;
import io.octopus.protocol.WorkerName;
import org.jspecify.annotations.Nullable;

/**
 * An execution as a run plans it.
 *
 * @param client the only client that may run it; null when any client may
 * @param reason why it cannot start yet, as one of the codes, if its task holds it back
 */
public record PlannedExecution(
    ExecutionId execution, @Nullable WorkerName client, @Nullable String reason) {}

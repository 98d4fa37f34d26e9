package io.octopus.coordinator.task;

import io.octopus.protocol.WorkerName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt in an execution's story; the last three are null while it runs.
 *
 * @param outcome Completed, Failed, TimedOut, Cancelled or Lost
 */
public record AttemptRecord(
    int number,
    WorkerName client,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String outcome,
    @Nullable String reason) {}

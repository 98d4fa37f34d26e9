package io.octopus.coordinator.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the status page. Every status is in its map, with 0 when there is none.
 *
 * @param tasks how many tasks that are not deleted stand where
 * @param unfinishedExecutions how many executions are Pending and Running
 * @param clients how many clients are Online, Idle and Offline
 * @param queueLength executions that wait
 * @param oldestWaitSeconds how long the first of them has waited; null when none waits
 * @param lastDay how many executions ended how in the last 24 hours
 * @param p95DurationMs 95 of 100 executions completed in the last 24 hours took at most this long
 */
public record StatusFigures(
    Map<String, Long> tasks,
    Map<String, Long> unfinishedExecutions,
    Map<String, Long> clients,
    long queueLength,
    @Nullable Long oldestWaitSeconds,
    Map<String, Long> lastDay,
    @Nullable Long p95DurationMs) {}

package io.octopus.coordinator.store;

import io.octopus.coordinator.task.TaskEvent;
import io.octopus.protocol.TaskId;

/**
 * One event that is on disk, together with the rows it changed.
 *
 * @param sequenceNr counts the task's events, from 1
 */
public record Committed(TaskId task, long sequenceNr, TaskEvent event) {}

package io.octopus.plugin.run;

import java.time.Instant;

/** What an action may know about the execution that it is an attempt of. */
public record ActionContext(
    String taskId,
    String runId,
    String executionId,
    int attempt,
    Instant fireTime,
    String client) {}

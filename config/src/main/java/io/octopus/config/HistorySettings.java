package io.octopus.config;

import java.time.Duration;

/**
 * How long finished work and the audit trail are kept, how many finished runs of each task, and how
 * often what is too old is taken away.
 */
public record HistorySettings(
    Duration keep, int keepRuns, Duration auditKeep, Duration cleanEvery) {}

package io.octopus.config;

import java.time.Duration;

/** How long finished work and the audit trail are kept. */
public record HistorySettings(Duration keep, Duration auditKeep) {}

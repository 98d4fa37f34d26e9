package io.octopus.coordinator.store;

import io.octopus.coordinator.store.PluginChange.Source;
import java.time.Instant;

/**
 * One of a plugin's versions, and how it came to serve the last time.
 *
 * @param number counted from 1 in the order in which they came
 * @param servedAt when it began to serve the last time
 * @param servedBy who made it serve then
 * @param serving whether it serves now
 */
public record KeptVersion(
    PluginVersion version,
    int number,
    Source source,
    Instant servedAt,
    String servedBy,
    boolean serving) {}

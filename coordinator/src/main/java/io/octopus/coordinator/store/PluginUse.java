package io.octopus.coordinator.store;

/**
 * What still needs a plugin: a task, or an execution of a task that does not need it any more.
 *
 * @param kind {@code task} or {@code execution}
 * @param name the task's name
 */
public record PluginUse(String kind, String id, String name, String status) {}

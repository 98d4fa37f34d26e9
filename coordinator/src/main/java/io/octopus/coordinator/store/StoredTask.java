package io.octopus.coordinator.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A task's row.
 *
 * @param json the task as the API shows it
 * @param version counts its definitions, from 1
 * @param deleted gone for its users; what ran is still there
 */
public record StoredTask(ObjectNode json, int version, boolean deleted) {}

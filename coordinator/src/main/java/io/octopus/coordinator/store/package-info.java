/**
 * Everything the coordinator keeps on disk, and all of its SQL: the read model that commits with
 * the journal, the clients, the plugins' files and the executions' output. Knows the task's events,
 * but decides nothing.
 */
@NullMarked
package io.octopus.coordinator.store;

import org.jspecify.annotations.NullMarked;

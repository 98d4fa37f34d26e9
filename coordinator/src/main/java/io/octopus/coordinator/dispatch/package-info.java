/**
 * Where work runs: matches waiting executions with free workers, carries what workers and tasks say
 * to each other, and picks the thread up again after a registration or a loss. Decides nothing
 * about a task: the task does.
 */
@NullMarked
package io.octopus.coordinator.dispatch;

import org.jspecify.annotations.NullMarked;

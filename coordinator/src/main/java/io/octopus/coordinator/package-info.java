/**
 * A coordinator: decides what runs, when and where. Here is only the wiring; {@link
 * io.octopus.coordinator.CoordinatorGuardian} is the table of contents.
 */
@NullMarked
package io.octopus.coordinator;

import org.jspecify.annotations.NullMarked;

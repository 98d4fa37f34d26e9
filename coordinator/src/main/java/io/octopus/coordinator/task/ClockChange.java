package io.octopus.coordinator.task;

import java.time.Instant;
import java.time.LocalDateTime;

/**
 * A local time of a schedule that a change of clocks touches.
 *
 * @param local the time that is left out, or comes twice
 * @param isLeftOut whether the clocks go forward over it
 * @param firesAt when it fires nevertheless, or the first of the two
 */
public record ClockChange(LocalDateTime local, boolean isLeftOut, Instant firesAt) {}

package io.octopus.protocol.work;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.CborSerializable;
import java.time.Instant;

/**
 * Everything a worker needs to run one granted attempt.
 *
 * @param fireTime the run's nominal fire time
 * @param movable whether another worker may be given the next attempt (owner {@code Anyone}): such
 *     work is fenced when its worker is cut off
 */
public record StartOrder(AttemptId attempt, ActionCall call, Instant fireTime, boolean movable)
    implements CborSerializable {}

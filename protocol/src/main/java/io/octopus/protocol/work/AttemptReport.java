package io.octopus.protocol.work;

import io.octopus.protocol.AttemptId;
import io.octopus.protocol.CborSerializable;
import java.time.Instant;

/** A worker's word on how an attempt ended; kept in its spool until a coordinator has stored it. */
public record AttemptReport(
    AttemptId attempt, AttemptOutcome outcome, Instant startedAt, Instant finishedAt)
    implements CborSerializable {}

package io.octopus.worker.link;

import io.octopus.protocol.Incarnation;
import io.octopus.protocol.WorkerName;

/** Who this worker is: its name, and which life of its process this is. */
public record WorkerIdentity(WorkerName name, Incarnation incarnation) {}

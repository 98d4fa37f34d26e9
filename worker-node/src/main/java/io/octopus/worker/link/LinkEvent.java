package io.octopus.worker.link;

import java.time.Duration;

/** What the link to the coordinators has to tell the rest of the worker. */
public sealed interface LinkEvent {

  /** A coordinator admitted this worker, now or again. */
  record Admitted() implements LinkEvent {}

  /** The fleet does not want this worker: its process says why and ends. */
  record NotAdmitted(String message) implements LinkEvent {}

  /** Movable work may have been given to others by now: it must not go on here. */
  record OutOfTouch(Duration silence) implements LinkEvent {}

  /** Results can, or cannot, be kept on disk. {@code why} is empty when they can. */
  record DiskHealth(String why) implements LinkEvent {}
}

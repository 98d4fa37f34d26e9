package io.octopus.worker;

/** Says in words for operators why this worker cannot start. */
public final class WorkerStartException extends RuntimeException {

  WorkerStartException(String message) {
    super(message);
  }

  WorkerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}

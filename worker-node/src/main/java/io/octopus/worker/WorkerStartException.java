package io.octopus.worker;

/** Says in words for operators why this worker cannot start. */
public final class WorkerStartException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  WorkerStartException(String message) {
    super(message);
  }

  WorkerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}

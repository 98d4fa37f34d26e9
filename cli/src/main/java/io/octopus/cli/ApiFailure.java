package io.octopus.cli;

/** A call that did not succeed, with the exit code it leads to. */
final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  ApiFailure(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  static ApiFailure notReached(String server, String why) {
    return new ApiFailure("cannot reach " + server + ": " + why, ExitCode.NOT_REACHED);
  }

  /** What the server refused: a wrong request is wrong usage, an unready server was not reached. */
  static ApiFailure refused(int status, String message) {
    int exitCode =
        switch (status) {
          case 400, 413, 415, 422 -> ExitCode.USAGE;
          case 502, 503, 504 -> ExitCode.NOT_REACHED;
          default -> ExitCode.FAILED;
        };
    return new ApiFailure(message, exitCode);
  }

  static ApiFailure usage(String message) {
    return new ApiFailure(message, ExitCode.USAGE);
  }

  int exitCode() {
    return exitCode;
  }
}

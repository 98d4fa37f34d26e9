package io.octopus.cli;

/** How a command ends, as scripts see it. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int NOT_REACHED = 3;

  private ExitCode() {}
}

package io.octopus.plugin.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Words for failures that the runtime itself finds. */
final class Failures {

  private static final int SIGNALS_FROM = 128;

  private Failures() {}

  static ActionOutcome.Failed failed(String reason, String type, String message) {
    return new ActionOutcome.Failed(reason, new ActionError(type, message, null), "null");
  }

  /** A process ended by itself, with what it said last. */
  static ActionOutcome.Failed exit(String what, int code, String tail) {
    var message = what + (tail.isBlank() ? "" : "\nIts last output:\n" + tail.stripTrailing());
    return new ActionOutcome.Failed(
        FailureReason.EXIT_CODE,
        new ActionError("ProcessExit", message, null),
        exitJson(code, tail));
  }

  static String exitJson(int code, String tail) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("exit_code", code)
        .put("output", tail)
        .toString();
  }

  /** The exit code for people: a process that a signal ended has 128 + the signal's number. */
  static String describe(int code) {
    var signal =
        switch (code - SIGNALS_FROM) {
          case 4 -> "SIGILL";
          case 6 -> "SIGABRT";
          case 7 -> "SIGBUS";
          case 8 -> "SIGFPE";
          case 9 -> "SIGKILL: killed, perhaps for want of memory";
          case 11 -> "SIGSEGV";
          case 15 -> "SIGTERM";
          default -> "";
        };
    return "exit code " + code + (signal.isEmpty() ? "" : " (" + signal + ")");
  }
}

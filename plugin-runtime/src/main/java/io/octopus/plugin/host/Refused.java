package io.octopus.plugin.host;

/** A call that cannot be made; the reason is one of the codes that users see. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  Refused(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  static Refused badArguments(String message) {
    return new Refused("bad_arguments", message);
  }
}

package io.octopus.plugin.run;

/** Plugins cannot be run as the user that they are to be run as; the message says why. */
public final class UserRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  UserRefusedException(String message) {
    super(message);
  }
}

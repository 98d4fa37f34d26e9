package io.octopus.cli;

/** Somebody else listens where a node was told to. */
final class PortInUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortInUseException(String key, String host, int port) {
    super(
        "octopus.%s = %d: another program listens on %s:%d; stop it, or choose another port"
            .formatted(key, port, host, port));
  }
}

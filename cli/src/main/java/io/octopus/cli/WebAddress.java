package io.octopus.cli;

/** The address a browser on this machine uses for a server that listens on a host and port. */
final class WebAddress {
  private WebAddress() {}

  static String of(String host, int port) {
    return "http://" + reachable(host) + ":" + port;
  }

  private static String reachable(String host) {
    return switch (host) {
      case "0.0.0.0" -> "127.0.0.1";
      case "::", "[::]" -> "[::1]";
      default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    };
  }
}

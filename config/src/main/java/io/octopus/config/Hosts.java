package io.octopus.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.regex.Pattern;

/** Says which addresses stay on this machine, and what this machine is called. */
final class Hosts {
  static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private static final Pattern LOOPBACK_ADDRESS = Pattern.compile("127(\\.\\d{1,3}){3}");

  private Hosts() {}

  /**
   * Judges by the spelling: a name that happens to resolve to loopback may resolve elsewhere
   * tomorrow.
   */
  static boolean isLoopback(String host) {
    return LOOPBACK_NAMES.contains(host) || LOOPBACK_ADDRESS.matcher(host).matches();
  }

  static boolean isWildcard(String host) {
    return host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]");
  }

  /**
   * The host name without its domain's case differences; {@code localhost} when the machine has
   * none.
   */
  static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}

package io.octopus.system;

import java.util.List;

/**
 * A network cable to a room of its own, which can be pulled out and put back: a Linux network
 * namespace behind a pair of virtual interfaces. Needs root.
 */
public final class Cable implements AutoCloseable {
  private final String room;
  private final String near;
  private final String net;

  private Cable(int number) {
    this.room = "octopus" + number;
    this.near = "oct" + number;
    this.net = "10." + (200 + number % 50) + "." + number / 50 % 250 + ".";
  }

  /** Whether this machine lets us lay cables. */
  public static boolean canBeLaid() {
    try (var cable = lay()) {
      return !cable.room.isEmpty();
    } catch (IllegalStateException notAllowed) {
      return false;
    }
  }

  /** Lays a cable between this machine and a new room. */
  public static Cable lay() {
    var cable = new Cable((int) (ProcessHandle.current().pid() % 10_000));
    cable.close();
    cable.ip("netns", "add", cable.room);
    cable.ip("link", "add", cable.near, "type", "veth", "peer", "name", "far", "netns", cable.room);
    cable.ip("addr", "add", cable.nearAddress() + "/24", "dev", cable.near);
    cable.ip("link", "set", cable.near, "up");
    cable.ip("-n", cable.room, "addr", "add", cable.farAddress() + "/24", "dev", "far");
    cable.ip("-n", cable.room, "link", "set", "far", "up");
    cable.ip("-n", cable.room, "link", "set", "lo", "up");
    return cable;
  }

  /** This machine's address on the cable. */
  public String nearAddress() {
    return net + "1";
  }

  /** The room's address on the cable. */
  public String farAddress() {
    return net + "2";
  }

  /** What a command is started with to run in the room. */
  List<String> inTheRoom() {
    return List.of("ip", "netns", "exec", room);
  }

  public void pull() {
    ip("-n", room, "link", "set", "far", "down");
  }

  public void putBack() {
    ip("-n", room, "link", "set", "far", "up");
  }

  @Override
  public void close() {
    Shell.run("ip", "link", "del", near);
    Shell.run("ip", "netns", "del", room);
  }

  private void ip(String... words) {
    var command = new String[words.length + 1];
    command[0] = "ip";
    System.arraycopy(words, 0, command, 1, words.length);
    String said = Shell.run(command);
    if (!said.isEmpty()) {
      throw new IllegalStateException(String.join(" ", command) + ": " + said);
    }
  }
}

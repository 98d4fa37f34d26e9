package io.octopus.plugin.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Another user of this system, that plugins run as. */
record UserAccount(String name, int uid, int gid, String home) {

  /** Finds a user as the system does, in whatever directory it asks. */
  static UserAccount of(String name) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(List.of("getent", "passwd", name))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    var line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new UserRefusedException("this host has no user " + name);
    }
    return parse(line.strip());
  }

  /** Reads a line of /etc/passwd. */
  static UserAccount parse(String line) throws IOException {
    var fields = line.split(":", -1);
    try {
      return new UserAccount(
          fields[0], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), fields[5]);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException unreadable) {
      throw new IOException("not a line of a user: " + line, unreadable);
    }
  }

  /** What stands in a user's environment about the user. */
  Map<String, String> environment() {
    return Map.of("USER", name, "LOGNAME", name, "HOME", home);
  }
}

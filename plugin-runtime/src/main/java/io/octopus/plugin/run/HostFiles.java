package io.octopus.plugin.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Python side of the runtime, as files that an interpreter can read. */
final class HostFiles {

  private static final List<String> NAMES =
      List.of(
          "octopus_host.py",
          "octopus.py",
          "octopus_call.py",
          "octopus_channel.py",
          "octopus_lifeline.py",
          "octopus_place.py",
          "octopus_processes.py",
          "octopus_result.py",
          "octopus_taken.py");

  private HostFiles() {}

  static List<Path> in(Path folder) {
    return NAMES.stream().map(folder::resolve).toList();
  }

  /** Writes them into a folder; answers with the program to start. */
  static Path unpackTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (var name : NAMES) {
      try (var content = HostFiles.class.getResourceAsStream("host/" + name)) {
        if (content == null) {
          throw new FileNotFoundException("resource host/" + name);
        }
        Files.copy(content, folder.resolve(name));
      }
    }
    return folder.resolve(NAMES.get(0));
  }
}

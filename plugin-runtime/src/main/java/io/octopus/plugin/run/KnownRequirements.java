package io.octopus.plugin.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers what plugins need, so that not every execution reads their files again. */
final class KnownRequirements {

  private static final int MOST = 1000;

  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  private record Known(List<Object> stamp, Requirements requirements) {}

  Requirements of(Path plugin) throws IOException {
    var stamp = List.of(stampOf(plugin), stampOf(Requirements.fileBeside(plugin)));
    var remembered = known.get(plugin);
    if (remembered != null && remembered.stamp().equals(stamp)) {
      return remembered.requirements();
    }
    var read = Requirements.of(plugin);
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(plugin, new Known(stamp, read));
    return read;
  }

  private static Object stampOf(Path file) throws IOException {
    return Files.exists(file)
        ? List.of(Files.getLastModifiedTime(file), Files.size(file))
        : List.of();
  }
}

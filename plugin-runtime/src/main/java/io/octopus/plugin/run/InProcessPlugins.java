package io.octopus.plugin.run;

import io.octopus.plugin.host.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Java plugins that are loaded into this JVM: one version of each, and older ones only as long
 * as something still runs in them. Then nothing here refers to their classes any more.
 */
final class InProcessPlugins implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(InProcessPlugins.class);

  private final Map<String, Loaded> current = new HashMap<>();

  /** A loaded version, and how many calls are in it. */
  private static final class Loaded {
    private final PluginJar jar;
    private final List<Object> version;
    private int uses;
    private boolean replaced;

    Loaded(PluginJar jar, List<Object> version) {
      this.jar = jar;
      this.version = version;
    }
  }

  /** Lasts as long as a call may run the version's code. */
  final class Use implements AutoCloseable {
    private final Loaded loaded;

    private Use(Loaded loaded) {
      this.loaded = loaded;
    }

    PluginJar jar() {
      return loaded.jar;
    }

    @Override
    public void close() {
      leave(loaded);
    }
  }

  synchronized Use use(String plugin, Path file) throws IOException {
    List<Object> version = List.of(file, Files.getLastModifiedTime(file), Files.size(file));
    var known = current.get(plugin);
    if (known == null || !known.version.equals(version)) {
      var opened = new Loaded(PluginJar.open(file), version);
      current.put(plugin, opened);
      if (known != null) {
        replace(known);
      }
      known = opened;
    }
    known.uses++;
    return new Use(known);
  }

  private synchronized void leave(Loaded loaded) {
    loaded.uses--;
    unloadIfUnused(loaded);
  }

  private static void replace(Loaded loaded) {
    loaded.replaced = true;
    unloadIfUnused(loaded);
  }

  private static void unloadIfUnused(Loaded loaded) {
    if (loaded.replaced && loaded.uses == 0) {
      try {
        loaded.jar.close();
      } catch (IOException problem) {
        LOG.warn("Closing a plugin's jar: {}", problem.toString());
      }
    }
  }

  @Override
  public synchronized void close() {
    current.values().forEach(InProcessPlugins::replace);
    current.clear();
  }
}

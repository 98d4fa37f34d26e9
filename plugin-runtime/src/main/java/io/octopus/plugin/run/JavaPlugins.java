package io.octopus.plugin.run;

import java.util.List;
import java.util.Set;

/**
 * How Java plugins are run.
 *
 * @param options for the JVMs they run in, such as {@code -Xmx512m}
 * @param inProcess the names of those that run in this JVM instead
 */
public record JavaPlugins(List<String> options, Set<String> inProcess) {

  /** Copies both. */
  public JavaPlugins {
    options = List.copyOf(options);
    inProcess = Set.copyOf(inProcess);
  }
}

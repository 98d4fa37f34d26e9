package io.octopus.plugin.archive;

import java.util.List;

/** One callable thing in a plugin. */
public record ActionDescriptor(
    String name, String description, List<ParameterDescriptor> parameters) {

  /** Copies the list. */
  public ActionDescriptor {
    parameters = List.copyOf(parameters);
  }
}

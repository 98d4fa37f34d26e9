package io.octopus.plugin.archive;

/** The languages a plugin can be written in; the file's suffix says which. */
public enum Language {
  PYTHON,
  JAVA,
  SCRIPT
}

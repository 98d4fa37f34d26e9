package io.octopus.config;

/** A setting that stops the start; its message names key, value, rule and origin in one line. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SettingsException(String message) {
    super(message);
  }

  static SettingsException of(String key, String value, String rule, String origin) {
    return new SettingsException(key + " = " + value + ": " + rule + " (" + origin + ")");
  }
}

package io.octopus.plugin.archive;

import java.util.regex.Pattern;

/** The rule for plugin names: they are file names, parts of addresses, and words in lists. */
public final class PluginName {

  /** In words, for the message that refuses a name. */
  public static final String RULE =
      "letters, digits, '_', '-' and '.', not '-' or '.' first, at most 100 characters";

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

  private PluginName() {}

  public static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }
}

package io.octopus.plugin.host;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** An action's own logger: writes to the execution's log, whatever the level. */
final class HostLogger implements System.Logger {

  private final HostOutput output;

  HostLogger(HostOutput output) {
    this.output = output;
  }

  @Override
  public String getName() {
    return "octopus";
  }

  @Override
  public boolean isLoggable(Level level) {
    return level != Level.OFF;
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    write(level, localised(bundle, message) + (thrown == null ? "" : "\n" + traceOf(thrown)));
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object @Nullable ... values) {
    var text = localised(bundle, format);
    write(level, values == null || values.length == 0 ? text : formatted(text, values));
  }

  private void write(Level level, String text) {
    if (isLoggable(level)) {
      output.log(level == Level.TRACE || level == Level.ALL ? "DEBUG" : level.name(), text);
    }
  }

  private static String formatted(String format, @Nullable Object[] values) {
    try {
      return MessageFormat.format(format, values);
    } catch (IllegalArgumentException notAFormat) {
      return format;
    }
  }

  private static String localised(@Nullable ResourceBundle bundle, @Nullable String key) {
    if (key == null) {
      return "null";
    }
    return bundle != null && bundle.containsKey(key) ? bundle.getString(key) : key;
  }

  static String traceOf(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString().stripTrailing();
  }
}

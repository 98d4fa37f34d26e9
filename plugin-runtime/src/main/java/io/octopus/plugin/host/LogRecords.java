package io.octopus.plugin.host;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Sends the records of java.util.logging, and so of System.Logger, to the execution's log. */
final class LogRecords extends Handler {

  private static final Logger ROOT = Logger.getLogger("");

  private final HostOutput output;
  private final Formatter words = new SimpleFormatter();

  private LogRecords(HostOutput output) {
    this.output = output;
  }

  /** Makes this the only place that records go to, from INFO on. */
  static void listen(HostOutput output) {
    for (var handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    ROOT.addHandler(new LogRecords(output));
    ROOT.setLevel(Level.INFO);
  }

  @Override
  public void publish(LogRecord record) {
    if (!isLoggable(record)) {
      return;
    }
    var name = record.getLoggerName();
    var thrown = record.getThrown();
    output.log(
        levelOf(record.getLevel()),
        (name == null || name.isEmpty() ? "" : name + ": ")
            + words.formatMessage(record)
            + (thrown == null ? "" : "\n" + HostLogger.traceOf(thrown)));
  }

  private static String levelOf(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    } else if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARNING";
    }
    return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}

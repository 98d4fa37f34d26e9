package io.octopus.plugin.host;

/** Where an action's log records and reports of progress go. */
public interface HostOutput {

  void log(String level, String text);

  void progress(double fraction, String message);
}

package io.octopus.plugin.run;

/**
 * What one execution's processes may use together, and as whom they run.
 *
 * @param memoryBytes 0 for no limit
 * @param processes processes and threads; 0 for no limit
 * @param openFiles of each process; 0 for no limit
 * @param user empty for the worker's own
 */
public record Limits(long memoryBytes, int processes, int openFiles, String user) {

  public static final Limits NONE = new Limits(0, 0, 0, "");

  public Limits {
    if (memoryBytes < 0 || processes < 0 || openFiles < 0) {
      throw new IllegalArgumentException("a limit must not be negative");
    }
  }
}

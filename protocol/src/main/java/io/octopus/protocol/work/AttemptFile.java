package io.octopus.protocol.work;

/**
 * Something of an attempt that travels in pieces and is stored before its report is accepted.
 *
 * @param name of an artefact: its path below the plugin's {@code output/}, with {@code /}
 * @param size in bytes
 */
public record AttemptFile(Kind kind, String name, long size, String sha256) {

  /** What a file is. */
  public enum Kind {
    /** The JSON that the plugin returned. */
    RESULT,
    /** A file that the plugin left. */
    ARTEFACT
  }

  /** No artefact and no second result of the same attempt can have this name. */
  public static final String RESULT_NAME = "result";
}

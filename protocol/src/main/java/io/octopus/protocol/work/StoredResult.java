package io.octopus.protocol.work;

/**
 * Stands for a result that is too large for a message: it travels in pieces, as an {@link
 * AttemptFile}, and is stored before its report is accepted.
 *
 * @param size in bytes of UTF-8
 */
public record StoredResult(String sha256, long size) {

  /** Results up to this many bytes travel within their report. */
  public static final int LARGEST_WITHIN_A_REPORT = 64 * 1024;

  /** The file that the result travels as. */
  public AttemptFile file() {
    return new AttemptFile(AttemptFile.Kind.RESULT, AttemptFile.RESULT_NAME, size, sha256);
  }
}

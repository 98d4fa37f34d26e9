package io.octopus.cli;

import java.io.IOException;
import java.nio.file.Path;

/** The data folder cannot be made or written. */
final class DataFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DataFolderException(Path folder, IOException cause) {
    super("octopus.data-dir: the folder " + folder + " cannot be written (" + cause + ")", cause);
  }
}

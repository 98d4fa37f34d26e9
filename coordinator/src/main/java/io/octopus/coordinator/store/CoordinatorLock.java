package io.octopus.coordinator.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second coordinator off the same data folder, for as long as this process lives: the
 * operating system gives the lock back when the process ends, however it ends.
 */
public final class CoordinatorLock implements AutoCloseable {

  private final DataFolder folder;
  private final FileChannel channel;

  private CoordinatorLock(DataFolder folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the folder, which is made if it is not there.
   *
   * @throws DataFolderInUse when another coordinator has it
   */
  public static CoordinatorLock take(DataFolder data) {
    data.createFolder();
    data.createFile(data.lock());
    try {
      FileChannel channel = FileChannel.open(data.lock(), StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new DataFolderInUse(data);
      }
      return new CoordinatorLock(data, channel);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot lock " + data.lock(), failure);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  /** The folder that is this process' own. */
  public DataFolder folder() {
    return folder;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot give the lock of the data folder back", failure);
    }
  }
}

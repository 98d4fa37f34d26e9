package io.octopus.coordinator.plugin;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when a folder deserves a look: at once when the file system reports a change, and every two
 * seconds in any case, because network drives report nothing and a folder may come and go.
 */
final class FolderWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
  private static final Duration POLL = Duration.ofSeconds(2);

  private final Path folder;
  private final Supplier<CompletableFuture<?>> look;
  private final WatchService service;
  private final Thread thread;
  private @Nullable WatchKey key;

  /** Looks from a thread of its own, again when the last look has ended. */
  static FolderWatch start(Path folder, Supplier<CompletableFuture<?>> look) {
    try {
      var watch = new FolderWatch(folder, look, folder.getFileSystem().newWatchService());
      watch.thread.start();
      return watch;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private FolderWatch(Path folder, Supplier<CompletableFuture<?>> look, WatchService service) {
    this.folder = folder;
    this.look = look;
    this.service = service;
    this.thread = new Thread(this::watch, "plugin-folder");
    this.thread.setDaemon(true);
  }

  private void watch() {
    try {
      while (true) {
        register();
        WatchKey reported = service.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
        if (reported != null) {
          reported.pollEvents();
          reported.reset();
        }
        look();
      }
    } catch (ClosedWatchServiceException | InterruptedException closed) {
      LOG.debug("No longer watching {}", folder);
    }
  }

  private void look() throws InterruptedException {
    try {
      look.get().get();
    } catch (ExecutionException failure) {
      LOG.warn("Could not import from {}; trying again", folder, failure.getCause());
    }
  }

  /** A folder that was away is a new folder when it is back. */
  private void register() {
    if (key != null && key.isValid()) {
      return;
    }
    try {
      key = folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
    } catch (IOException absent) {
      key = null;
      LOG.debug("Cannot watch {}: {}", folder, absent.toString());
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException failure) {
      LOG.warn("Could not stop watching {}", folder, failure);
    }
    thread.interrupt();
  }
}

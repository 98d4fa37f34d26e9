package io.octopus.coordinator.store;

import akka.Done;
import akka.util.ByteString;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The plugins' files, every version of them, and which one serves: primary data, fsynced. Contents
 * are never overwritten, and stay when their plugin is deleted: an execution may have pinned one.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class PluginRows {

  /** The versions that serve, by name. */
  public CompletionStage<List<PluginVersion>> current() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Every version of a plugin, newest first. */
  public CompletionStage<List<PluginVersion>> versions(String name) {
    throw new UnsupportedOperationException("not built yet: " + name);
  }

  /** Keeps a content; its metadata is replaced if it was there. True when the content is new. */
  public CompletionStage<Boolean> insert(PluginVersion version, ByteString content) {
    throw new UnsupportedOperationException("not built yet: " + version + content);
  }

  /** From now on this version serves. False when there is no such version. */
  public CompletionStage<Boolean> setCurrent(String name, String sha256, Instant at) {
    throw new UnsupportedOperationException("not built yet: " + name + sha256 + at);
  }

  /** From now on nothing serves under this name. False when nothing did. */
  public CompletionStage<Boolean> delete(String name) {
    throw new UnsupportedOperationException("not built yet: " + name);
  }

  /** A whole content. */
  public CompletionStage<Optional<ByteString>> content(String sha256) {
    throw new UnsupportedOperationException("not built yet: " + sha256);
  }

  /** A piece of a content, empty at its end. */
  public CompletionStage<Optional<Piece>> piece(String sha256, long offset, int length) {
    throw new UnsupportedOperationException("not built yet: " + sha256 + offset + length);
  }

  /** What the folder brought last, by file. */
  public CompletionStage<List<Import>> imports() {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Remembers what the folder brought. */
  public CompletionStage<Done> recordImport(Import imported) {
    throw new UnsupportedOperationException("not built yet: " + imported);
  }

  /** The folder has no such file any more. */
  public CompletionStage<Done> forgetImport(String fileName) {
    throw new UnsupportedOperationException("not built yet: " + fileName);
  }

  /** A piece of a content and the whole content's size. */
  public record Piece(ByteString bytes, long total) {}

  /**
   * A file as it was when the folder was last read.
   *
   * @param error why it does not serve; null when it was taken in
   */
  public record Import(String fileName, String sha256, @Nullable String error, Instant at) {}
}

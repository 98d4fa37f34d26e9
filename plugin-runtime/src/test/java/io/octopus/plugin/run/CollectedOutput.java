package io.octopus.plugin.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A sink that keeps everything. */
final class CollectedOutput implements OutputSink {

  record Piece(Stream stream, @Nullable String level, Instant at, String text) {}

  record Progress(double fraction, String message) {}

  final List<Piece> pieces = new CopyOnWriteArrayList<>();
  final List<Progress> progress = new CopyOnWriteArrayList<>();

  private final Map<String, Long> artefacts = new ConcurrentSkipListMap<>();

  @Override
  public void write(Stream stream, @Nullable String level, Instant at, String text) {
    pieces.add(new Piece(stream, level, at, text));
  }

  @Override
  public void artefact(String name, Path file) {
    try {
      artefacts.put(name, Files.size(file));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** Names and sizes of what was kept. */
  String artefacts() {
    return artefacts.entrySet().stream()
        .map(file -> file.getKey() + " " + file.getValue())
        .collect(Collectors.joining(", "));
  }

  @Override
  public void progress(double fraction, String message) {
    progress.add(new Progress(fraction, message));
  }

  String text() {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }

  String of(Stream stream) {
    return pieces.stream()
        .filter(piece -> piece.stream() == stream)
        .map(Piece::text)
        .collect(Collectors.joining());
  }

  /** The log's lines with their levels. */
  List<String> log() {
    return pieces.stream()
        .filter(piece -> piece.stream() == Stream.LOG)
        .map(piece -> piece.level() + " " + piece.text().strip())
        .toList();
  }
}

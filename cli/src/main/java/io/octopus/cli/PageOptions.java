package io.octopus.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a list. */
final class PageOptions {
  @Option(names = "--limit", paramLabel = "N", description = "At most so many; default: 50.")
  private @Nullable Integer limit;

  @Option(names = "--cursor", paramLabel = "C", description = "Where the last list ended.")
  private @Nullable String cursor;

  Query addTo(Query query) {
    return query.with("limit", limit).with("cursor", cursor);
  }
}

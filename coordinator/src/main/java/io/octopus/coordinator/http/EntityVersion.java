package io.octopus.coordinator.http;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task's version as an entity tag, {@code "3"}. */
final class EntityVersion {
  private EntityVersion() {}

  static HttpHeader tag(int version) {
    return RawHeader.create("ETag", "\"" + version + "\"");
  }

  /**
   * The version that {@code If-Match} demands; null for any.
   *
   * @param current the version there is, which wins if the header lists it among others
   */
  static @Nullable Integer expected(HttpRequest request, int current) {
    Optional<String> header = request.getHeader("If-Match").map(HttpHeader::value);
    if (header.isEmpty() || header.get().strip().equals("*")) {
      return null;
    }
    List<String> tags =
        Arrays.stream(header.get().split(",", -1))
            .map(tag -> tag.strip().replace("\"", ""))
            .toList();
    if (!tags.contains(Integer.toString(current))) {
      throw new RequestRefused(
          ProblemKind.STALE,
          "the task is at version %d but If-Match is %s"
              .formatted(current, BodyFields.shortened(header.get())));
    }
    return current;
  }
}

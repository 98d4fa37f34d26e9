package io.octopus.coordinator.http;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawHeader;
import io.octopus.coordinator.plugin.Plugin;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The hash of a plugin's content as an entity tag. */
final class ContentTag {
  private ContentTag() {}

  static HttpHeader of(String sha256) {
    return RawHeader.create("ETag", "\"" + sha256 + "\"");
  }

  /**
   * The hash that must serve for a change to be made; null for any.
   *
   * @param current the plugin there is, whose hash wins if the header lists it among others
   */
  static @Nullable String expected(HttpRequest request, Optional<Plugin> current) {
    Optional<String> header = request.getHeader("If-Match").map(HttpHeader::value);
    if (header.isEmpty() || header.get().strip().equals("*")) {
      return null;
    }
    List<String> tags =
        Arrays.stream(header.get().split(",", -1))
            .map(tag -> tag.strip().replace("\"", ""))
            .toList();
    return current.map(Plugin::sha256).filter(tags::contains).orElse(tags.get(0));
  }

  static RequestRefused stale(@Nullable String serving) {
    return new RequestRefused(
        ProblemKind.STALE,
        serving == null
            ? "nothing serves under this name any more, but If-Match names a content"
            : "another content serves by now than If-Match names: " + serving);
  }
}

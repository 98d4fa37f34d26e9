package io.octopus.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Builds the path and query of a call, every part encoded. */
final class Query {
  private final String path;
  private final StringJoiner parameters = new StringJoiner("&");

  private Query(String path) {
    this.path = path;
  }

  /** A path of segments, such as {@code ("tasks", id, "run")}. */
  static String path(String... segments) {
    StringBuilder path = new StringBuilder();
    for (String segment : segments) {
      path.append('/').append(encoded(segment));
    }
    return path.toString();
  }

  static Query of(String... segments) {
    return new Query(path(segments));
  }

  /** Adds a parameter that was given. */
  Query with(String name, @Nullable Object value) {
    if (value != null) {
      parameters.add(name + "=" + encoded(String.valueOf(value)));
    }
    return this;
  }

  @Override
  public String toString() {
    return parameters.length() == 0 ? path : path + "?" + parameters;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

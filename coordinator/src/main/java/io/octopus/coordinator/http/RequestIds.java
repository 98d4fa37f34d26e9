package io.octopus.coordinator.http;

import akka.http.javadsl.model.AttributeKey;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Gives every request an id that its answer and the log share; a caller may bring its own. */
final class RequestIds {
  static final String HEADER = "X-Request-Id";

  private static final AttributeKey<String> KEY = AttributeKey.create("request-id", String.class);
  private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private final RandomGenerator random;

  RequestIds(RandomGenerator random) {
    this.random = random;
  }

  HttpRequest identified(HttpRequest request) {
    String id =
        request
            .getHeader(HEADER)
            .map(HttpHeader::value)
            .filter(value -> USABLE.matcher(value).matches())
            .orElseGet(() -> "%016x".formatted(random.nextLong()));
    return request.addAttribute(KEY, id);
  }

  static String of(HttpRequest request) {
    return request.getAttribute(KEY).orElse("");
  }
}

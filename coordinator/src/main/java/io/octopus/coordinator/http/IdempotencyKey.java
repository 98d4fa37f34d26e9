package io.octopus.coordinator.http;

import akka.http.javadsl.model.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the header under which a caller may send the same request again. */
final class IdempotencyKey {
  private static final String HEADER = "Idempotency-Key";
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private IdempotencyKey() {}

  static Optional<String> of(HttpRequest request) {
    Optional<String> key = request.getHeader(HEADER).map(header -> header.value().strip());
    if (key.isPresent() && !VISIBLE.matcher(key.get()).matches()) {
      throw RequestRefused.invalid(
          HEADER,
          "has %d characters but must be 1 to 255 visible ASCII characters without blanks"
              .formatted(key.get().length()));
    }
    return key;
  }
}

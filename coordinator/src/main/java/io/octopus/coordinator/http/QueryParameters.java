package io.octopus.coordinator.http;

import akka.http.javadsl.model.HttpRequest;
import akka.japi.Pair;
import io.octopus.coordinator.store.InvalidPage;
import io.octopus.coordinator.store.PageRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a request's query; what it does not know or cannot read is refused by name. */
final class QueryParameters {
  private final List<Pair<String, String>> given;

  private QueryParameters(List<Pair<String, String>> given) {
    this.given = given;
  }

  /** The query of a request that may have these parameters and no others. */
  static QueryParameters of(HttpRequest request, String... known) {
    Set<String> names = Set.of(known);
    List<Pair<String, String>> given = new ArrayList<>();
    for (Pair<String, String> parameter : request.getUri().query().toList()) {
      if (!names.contains(parameter.first())) {
        throw RequestRefused.invalid(
            BodyFields.shortened(parameter.first()),
            "is not a parameter; "
                + (names.isEmpty()
                    ? "there are none"
                    : "known are " + Nearest.listed(parameter.first(), names)));
      }
      if (!parameter.second().isBlank()) {
        given.add(parameter);
      }
    }
    return new QueryParameters(given);
  }

  /** The only value of a parameter; null when it was not given. */
  @Nullable String text(String name) {
    List<String> values = values(name);
    if (values.size() > 1) {
      throw RequestRefused.invalid(name, "may be given once");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /** A parameter that may be given more than once, or list its values with commas. */
  <E extends Enum<E>> List<String> anyOf(String name, Class<E> values) {
    List<String> known = Arrays.stream(values.getEnumConstants()).map(Enum::name).toList();
    return values(name).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(value -> oneOf(name, value.strip(), known))
        .toList();
  }

  /** The value as it is spelled in the list of what is known, whatever its letter case. */
  static String oneOf(String name, String value, List<String> known) {
    return known.stream()
        .filter(value::equalsIgnoreCase)
        .findAny()
        .orElseThrow(
            () ->
                RequestRefused.invalid(
                    name,
                    "\"%s\" must be one of %s"
                        .formatted(BodyFields.shortened(value), String.join(", ", known))));
  }

  /** False when it was not given. */
  boolean flag(String name) {
    String text = text(name);
    if (text == null || text.equalsIgnoreCase("false")) {
      return false;
    }
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    throw RequestRefused.invalid(name, BodyFields.shortened(text) + " must be true or false");
  }

  Optional<Long> number(String name, long least, long most) {
    return Optional.ofNullable(text(name))
        .map(
            text -> {
              if (text.matches("\\d{1,18}")) {
                long number = Long.parseLong(text);
                if (number >= least && number <= most) {
                  return number;
                }
              }
              throw RequestRefused.invalid(
                  name,
                  "%s must be a whole number within %d and %d"
                      .formatted(BodyFields.shortened(text), least, most));
            });
  }

  @Nullable Instant time(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text.replace(' ', '+').toUpperCase(Locale.ROOT)).toInstant();
    } catch (DateTimeException notATime) {
      throw RequestRefused.invalid(
          name,
          BodyFields.shortened(text)
              + " must be a time with its offset, such as 2026-11-23T15:04:05Z");
    }
  }

  /** The part of a list that is wanted. */
  PageRequest page() {
    try {
      return PageRequest.parse(text("limit"), text("cursor"));
    } catch (InvalidPage invalid) {
      throw RequestRefused.invalid(invalid.field(), String.valueOf(invalid.getMessage()));
    }
  }

  /** The part of a list whose items are numbered. */
  PageRequest numberedPage() {
    try {
      PageRequest page = page();
      page.numberBefore();
      return page;
    } catch (InvalidPage invalid) {
      throw RequestRefused.invalid(invalid.field(), String.valueOf(invalid.getMessage()));
    }
  }

  private List<String> values(String name) {
    return given.stream().filter(pair -> pair.first().equals(name)).map(Pair::second).toList();
  }
}

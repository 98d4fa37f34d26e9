package io.octopus.coordinator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a body's fields and gathers everything that is wrong with them, so that one answer names
 * all of it. A field that is null counts as absent.
 */
final class BodyFields {
  private static final int SHOWN = 60;

  private final ObjectNode body;
  private final String prefix;
  private final List<FieldError> errors;

  BodyFields(ObjectNode body) {
    this(body, "", new ArrayList<>());
  }

  private BodyFields(ObjectNode body, String prefix, List<FieldError> errors) {
    this.body = body;
    this.prefix = prefix;
    this.errors = errors;
  }

  /** Ends the request if anything was wrong. */
  void refuseIfWrong() {
    if (!errors.isEmpty()) {
      throw RequestRefused.invalid(errors);
    }
  }

  void wrong(String field, String message) {
    errors.add(new FieldError(prefix + field, message));
  }

  /** Whether an error was found in this field or below it. */
  boolean isWrong(String field) {
    String name = prefix + field;
    return errors.stream()
        .anyMatch(error -> error.field().equals(name) || error.field().startsWith(name + "."));
  }

  /** Every field that is not known is an error. */
  void allow(Collection<String> known) {
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (!known.contains(field.getKey())) {
        String nearest =
            Nearest.to(field.getKey(), known)
                .map(name -> "; did you mean " + name + "?")
                .orElse("; known are " + Nearest.listed(field.getKey(), known));
        wrong(shortened(field.getKey()), "is not a field" + nearest);
      }
    }
  }

  boolean has(String field) {
    return !value(field).isNull();
  }

  /** The field's JSON, null node when absent. */
  JsonNode value(String field) {
    JsonNode value = body.get(field);
    return value == null ? NullNode.getInstance() : value;
  }

  /** A text of 1 to {@code most} characters on one line. */
  Optional<String> text(String field, int most) {
    Optional<String> text = lines(field, most);
    if (text.isPresent() && text.get().chars().anyMatch(c -> c == '\n' || c == '\r')) {
      wrong(field, "must be on one line");
      return Optional.empty();
    }
    return text;
  }

  /** A text of 1 to {@code most} characters without control characters but line ends. */
  Optional<String> lines(String field, int most) {
    JsonNode value = value(field);
    if (value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      wrong(field, shown(value) + " must be a text");
      return Optional.empty();
    }
    String text = value.textValue();
    if (text.isBlank() || text.length() > most) {
      wrong(field, "has " + text.length() + " characters but must have 1 to " + most);
      return Optional.empty();
    }
    if (text.codePoints().anyMatch(c -> Character.isISOControl(c) && "\n\r\t".indexOf(c) < 0)) {
      wrong(field, "must not contain control characters");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  Optional<Duration> duration(String field, Duration least, Duration most) {
    JsonNode value = value(field);
    if (value.isNull()) {
      return Optional.empty();
    }
    Optional<Duration> duration =
        value.isNumber()
            ? DurationText.ofSeconds(value.decimalValue())
            : value.isTextual() ? DurationText.parse(value.textValue()) : Optional.empty();
    if (duration.isEmpty()) {
      wrong(field, shown(value) + " " + DurationText.RULE);
      return duration;
    }
    if (duration.get().compareTo(least) < 0 || duration.get().compareTo(most) > 0) {
      wrong(field, shown(value) + " must be within " + words(least) + " and " + words(most));
      return Optional.empty();
    }
    return duration;
  }

  /** An instant; what has no offset is meant in {@code zone}. */
  Optional<Instant> time(String field, ZoneId zone) {
    JsonNode value = value(field);
    if (value.isNull()) {
      return Optional.empty();
    }
    Optional<Instant> time =
        value.isTextual() ? InstantText.parse(value.textValue(), zone) : Optional.empty();
    if (time.isEmpty()) {
      wrong(field, shown(value) + " " + InstantText.RULE);
    }
    return time;
  }

  /** One of a few words, in any letter case; as it is spelled there. */
  Optional<String> word(String field, List<String> words) {
    Optional<String> text = text(field, 50);
    Optional<String> known =
        text.flatMap(typed -> words.stream().filter(typed::equalsIgnoreCase).findAny());
    if (text.isPresent() && known.isEmpty()) {
      String all =
          String.join(", ", words.subList(0, words.size() - 1))
              + " or "
              + words.get(words.size() - 1);
      wrong(field, shown(value(field)) + " must be " + all);
    }
    return known;
  }

  Optional<Double> number(String field, double least, double most) {
    JsonNode value = value(field);
    if (value.isNull()) {
      return Optional.empty();
    }
    if (!value.isNumber() || value.doubleValue() < least || value.doubleValue() > most) {
      wrong(field, shown(value) + " must be a number within " + least + " and " + most);
      return Optional.empty();
    }
    return Optional.of(value.doubleValue());
  }

  Optional<Integer> integer(String field, int least, int most) {
    JsonNode value = value(field);
    if (value.isNull()) {
      return Optional.empty();
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      wrong(field, shown(value) + " must be a whole number within " + least + " and " + most);
      return Optional.empty();
    }
    return Optional.of(value.intValue());
  }

  Optional<Boolean> bool(String field) {
    JsonNode value = value(field);
    if (value.isNull()) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      wrong(field, shown(value) + " must be true or false");
      return Optional.empty();
    }
    return Optional.of(value.booleanValue());
  }

  /** A JSON array, as text. */
  Optional<String> array(String field) {
    JsonNode value = value(field);
    if (value.isNull()) {
      return Optional.empty();
    }
    if (!value.isArray()) {
      wrong(field, shown(value) + " must be an array, such as [\"P1\", 3]");
      return Optional.empty();
    }
    return Optional.of(value.toString());
  }

  /** A JSON object, as text. */
  Optional<String> object(String field) {
    JsonNode value = value(field);
    if (value.isNull()) {
      return Optional.empty();
    }
    if (!value.isObject()) {
      wrong(field, shown(value) + " must be an object, such as {\"severity\": \"P1\"}");
      return Optional.empty();
    }
    return Optional.of(value.toString());
  }

  /** An object whose values are texts. */
  Map<String, String> texts(String field, int mostEntries, int mostLength) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (object(field).isEmpty()) {
      return texts;
    }
    ObjectNode object = (ObjectNode) value(field);
    if (object.size() > mostEntries) {
      wrong(field, "has " + object.size() + " entries but may have at most " + mostEntries);
      return texts;
    }
    BodyFields entries = new BodyFields(object, prefix + field + ".", errors);
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (entry.getKey().isBlank() || entry.getKey().length() > mostLength) {
        wrong(field, "has a name that is empty or longer than " + mostLength + " characters");
      } else if (entry.getValue().isNull()) {
        entries.wrong(entry.getKey(), "null must be a text");
      } else {
        entries.text(entry.getKey(), mostLength).ifPresent(t -> texts.put(entry.getKey(), t));
      }
    }
    return texts;
  }

  /** The fields of an object in this body; those of an empty one when it is absent. */
  BodyFields nested(String field) {
    boolean usable = object(field).isPresent();
    ObjectNode inner = usable ? (ObjectNode) value(field) : body.objectNode();
    return new BodyFields(inner, prefix + field + ".", errors);
  }

  static String shown(JsonNode value) {
    return shortened(value.toString());
  }

  static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private static String words(Duration duration) {
    return duration.toDays() > 1 ? duration.toDays() + "d" : duration.toMillis() / 1000.0 + "s";
  }
}

package io.octopus.plugin.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes JSON of what an action returned; what JSON does not have becomes its {@code toString()}.
 *
 * <p>Small and of its own, so that it is easy to say what becomes of what.
 */
final class ResultJson {

  private static final int DEEPEST = 200;
  private static final int MOST_DIGITS = 900;
  private static final int MOST_NAMED = 5;

  private final List<String> odd = new ArrayList<>();
  private final Set<Object> outer = Collections.newSetFromMap(new IdentityHashMap<>());

  private ResultJson() {}

  static JsonNode of(@Nullable Object value, HostOutput output) {
    var writer = new ResultJson();
    JsonNode node;
    try {
      node = writer.node(value, "result");
    } catch (CannotBeWritten cycle) {
      // No part of a structure that never ends can be kept as it is.
      node = TextNode.valueOf(text(value));
      writer.odd.clear();
      writer.odd.add("result (" + nameOf(value) + ")");
    }
    if (!writer.odd.isEmpty()) {
      var shown = writer.odd.subList(0, Math.min(MOST_NAMED, writer.odd.size()));
      output.log(
          "WARNING",
          "Not JSON, kept as text: "
              + String.join(", ", shown)
              + (shown.size() < writer.odd.size() ? ", …" : ""));
    }
    return node;
  }

  private static final class CannotBeWritten extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private JsonNode node(@Nullable Object value, String where) {
    if (value == null) {
      return NullNode.instance;
    } else if (value instanceof JsonNode node) {
      return node;
    } else if (value instanceof CharSequence || value instanceof Character) {
      return TextNode.valueOf(value.toString());
    } else if (value instanceof Boolean truth) {
      return BooleanNode.valueOf(truth);
    } else if (value instanceof Enum<?> constant) {
      return TextNode.valueOf(constant.name());
    } else if (value instanceof Number number) {
      return number(number).orElseGet(() -> odd(value, where));
    } else if (value instanceof Optional<?> optional) {
      return node(optional.orElse(null), where);
    }
    return structure(value, where);
  }

  private static Optional<JsonNode> number(Number number) {
    if (number instanceof Integer
        || number instanceof Long
        || number instanceof Short
        || number instanceof Byte) {
      return Optional.of(LongNode.valueOf(number.longValue()));
    } else if (number instanceof Double && Double.isFinite(number.doubleValue())) {
      return Optional.of(DoubleNode.valueOf(number.doubleValue()));
    } else if (number instanceof Float && Float.isFinite(number.floatValue())) {
      return Optional.of(FloatNode.valueOf(number.floatValue()));
    } else if (number instanceof BigInteger whole && whole.bitLength() < 3 * MOST_DIGITS) {
      return Optional.of(BigIntegerNode.valueOf(whole));
    } else if (number instanceof BigDecimal decimal
        && decimal.precision() <= MOST_DIGITS
        && Math.abs(decimal.scale()) <= MOST_DIGITS) {
      return Optional.of(DecimalNode.valueOf(decimal));
    }
    return Optional.empty();
  }

  private JsonNode structure(Object value, String where) {
    boolean known =
        value instanceof Map
            || value instanceof Iterable
            || value instanceof Stream
            || value instanceof Record
            || (value.getClass().isArray() && !(value instanceof byte[]));
    if (!known) {
      return odd(value, where);
    }
    if (outer.size() >= DEEPEST || !outer.add(value)) {
      throw new CannotBeWritten();
    }
    try {
      if (value instanceof Map<?, ?> map) {
        return object(map, where);
      } else if (value instanceof Record record) {
        return object(Records.asMap(record), where);
      } else if (value instanceof Iterable<?> items) {
        return list(items, where);
      } else if (value instanceof Stream<?> items) {
        return list(items.toList(), where);
      }
      var items = new ArrayList<@Nullable Object>();
      for (int i = 0; i < Array.getLength(value); i++) {
        items.add(Array.get(value, i));
      }
      return list(items, where);
    } finally {
      outer.remove(value);
    }
  }

  private JsonNode object(Map<?, ?> map, String where) {
    var object = JsonNodeFactory.instance.objectNode();
    map.forEach((key, item) -> object.set(text(key), node(item, where + "." + text(key))));
    return object;
  }

  private JsonNode list(Iterable<?> items, String where) {
    var array = JsonNodeFactory.instance.arrayNode();
    for (var item : items) {
      array.add(node(item, where + "[" + array.size() + "]"));
    }
    return array;
  }

  private JsonNode odd(Object value, String where) {
    odd.add(where + " (" + nameOf(value) + ")");
    return TextNode.valueOf(text(value));
  }

  private static String nameOf(@Nullable Object value) {
    return value == null ? "null" : value.getClass().getTypeName();
  }

  private static String text(@Nullable Object value) {
    try {
      return String.valueOf(value);
    } catch (RuntimeException | StackOverflowError unreadable) {
      return "<" + nameOf(value) + " without a readable text>";
    }
  }
}

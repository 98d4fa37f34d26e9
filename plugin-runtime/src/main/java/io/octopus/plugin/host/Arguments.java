package io.octopus.plugin.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import io.octopus.plugin.api.ActionContext;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a method's parameters of a task's arguments, or says what is wrong with those. */
final class Arguments {

  private final ActionMethod action;
  private final List<JsonNode> positional = new ArrayList<>();
  private final Map<String, JsonNode> named = new LinkedHashMap<>();

  /**
   * Of this call alone: what Jackson remembers about types would keep a plugin's classes loaded.
   */
  private final ObjectMapper json =
      JsonMapper.builder()
          .typeFactory(
              TypeFactory.defaultInstance()
                  .withCache((LookupCache<Object, JavaType>) new LRUMap<Object, JavaType>(16, 64)))
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private Arguments(ActionMethod action) {
    this.action = action;
  }

  static @Nullable Object[] bind(
      ActionMethod action, String args, String kwargs, ActionContext context) throws Refused {
    var arguments = new Arguments(action);
    arguments.parse(args, "args", JsonNode::isArray).forEach(arguments.positional::add);
    arguments
        .parse(kwargs, "kwargs", JsonNode::isObject)
        .properties()
        .forEach(kwarg -> arguments.named.put(kwarg.getKey(), kwarg.getValue()));
    return arguments.bind(context);
  }

  private @Nullable Object[] bind(ActionContext context) throws Refused {
    var values = new ArrayList<@Nullable Object>();
    for (var slot : action.slots()) {
      values.add(
          switch (slot.kind()) {
            case CONTEXT -> context;
            case REST -> rest(slot);
            case PLAIN, OPTIONAL -> value(slot);
          });
    }
    if (!positional.isEmpty()) {
      int most = action.parameters().size();
      throw wrong("takes %d arguments but got %d more".formatted(most, positional.size()));
    }
    for (var name : named.keySet()) {
      boolean known = action.parameters().stream().anyMatch(slot -> slot.name().equals(name));
      throw known
          ? wrong("got '%s' twice".formatted(name))
          : wrong("has no parameter '%s'".formatted(name));
    }
    return values.toArray();
  }

  private @Nullable Object value(ActionMethod.Slot slot) throws Refused {
    boolean optional = slot.kind() == ActionMethod.Kind.OPTIONAL;
    JsonNode given = null;
    if (!positional.isEmpty()) {
      given = positional.remove(0);
    } else if (named.containsKey(slot.name())) {
      given = named.remove(slot.name());
    } else if (slot.defaultText() != null) {
      given = DefaultText.read(slot.defaultText(), slot.isText());
    } else if (!optional) {
      throw wrong("needs '%s'".formatted(slot.name()));
    }
    if (optional) {
      return given == null || given.isNull()
          ? Optional.empty()
          : Optional.ofNullable(convert(given, slot));
    }
    return given == null ? null : convert(given, slot);
  }

  private Object rest(ActionMethod.Slot slot) throws Refused {
    var list = named.remove(slot.name());
    if (list != null) {
      if (!list.isArray()) {
        throw wrong("'%s' must be a list, not %s".formatted(slot.name(), list));
      }
      list.forEach(positional::add);
    }
    var array = Array.newInstance((Class<?>) slot.type(), positional.size());
    for (int i = 0; i < positional.size(); i++) {
      Array.set(array, i, convert(positional.get(i), slot));
    }
    positional.clear();
    return array;
  }

  private @Nullable Object convert(JsonNode value, ActionMethod.Slot slot) throws Refused {
    var type = slot.type();
    try {
      if (value.isTextual()) {
        var parsed = parsed(value.textValue(), type);
        if (parsed.isPresent()) {
          return parsed.get();
        }
      }
      return json.readerFor(json.constructType(type)).readValue(value);
    } catch (ReflectiveOperationException | java.io.IOException | RuntimeException problem) {
      throw wrong("'%s' must be %s, not %s".formatted(slot.name(), type.getTypeName(), value));
    }
  }

  /** Times, durations and the like read themselves from text. */
  private static Optional<Object> parsed(String text, Type type)
      throws ReflectiveOperationException {
    if (!(type instanceof Class<?> wanted) || !wanted.getName().startsWith("java.time.")) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(wanted.getMethod("parse", CharSequence.class).invoke(null, text));
    } catch (NoSuchMethodException other) {
      return Optional.empty();
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(refused.getCause());
    }
  }

  private JsonNode parse(String text, String name, Predicate<JsonNode> shape) throws Refused {
    try {
      var node = json.readTree(text);
      if (shape.test(node)) {
        return node;
      }
    } catch (JsonProcessingException noJson) {
      throw Refused.badArguments(name + " is not JSON: " + noJson.getOriginalMessage());
    }
    throw Refused.badArguments(
        name.equals("args") ? "args must be a JSON array" : "kwargs must be a JSON object");
  }

  private Refused wrong(String words) {
    return Refused.badArguments(action.signature() + ": " + words);
  }
}

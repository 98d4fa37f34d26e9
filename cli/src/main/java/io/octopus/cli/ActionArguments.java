package io.octopus.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** An action's arguments as the command line says them, for every command that takes some. */
final class ActionArguments {
  @Option(
      names = "--arg",
      paramLabel = "VALUE",
      description = "A positional argument, JSON or text; may be repeated.")
  private List<String> args = new ArrayList<>();

  @Option(
      names = "--kwarg",
      paramLabel = "NAME=VALUE",
      description = "A named argument, JSON or text; may be repeated.")
  private Map<String, String> kwargs = new LinkedHashMap<>();

  /** Puts in those that were given, instead of what is there. */
  ObjectNode putInto(ObjectNode task) {
    if (!args.isEmpty()) {
      task.set("args", positionalAfter(List.of()));
    }
    if (!kwargs.isEmpty()) {
      task.set("kwargs", namedOver(JsonNodeFactory.instance.objectNode()));
    }
    return task;
  }

  /** The positional ones, behind some that were said in another way. */
  ArrayNode positionalAfter(List<String> first) {
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    first.forEach(argument -> values.add(value(argument)));
    args.forEach(argument -> values.add(value(argument)));
    return values;
  }

  /** Adds the named ones to some that were said in another way. */
  ObjectNode namedOver(ObjectNode values) {
    kwargs.forEach((name, argument) -> values.set(name, value(argument)));
    return values;
  }

  /** JSON when it is JSON, otherwise the text itself: {@code 5} is a number, {@code P1} a text. */
  private static JsonNode value(String text) {
    try {
      JsonNode value = ApiClient.JSON.readTree(text);
      return value.isMissingNode() ? JsonNodeFactory.instance.textNode(text) : value;
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.textNode(text);
    }
  }
}

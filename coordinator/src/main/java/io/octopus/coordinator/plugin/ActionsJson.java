package io.octopus.coordinator.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.plugin.archive.ActionDescriptor;
import io.octopus.plugin.archive.ParameterDescriptor;
import io.octopus.plugin.archive.PluginDescriptor;
import java.util.List;
import java.util.Locale;

/** Writes down a plugin's actions the way the API shows them. */
final class ActionsJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ActionsJson() {}

  /** A JSON array as text, empty when nobody could look into the file. */
  static String of(PluginDescriptor descriptor) {
    var actions = JSON.createArrayNode();
    for (ActionDescriptor action : descriptor.actions()) {
      ObjectNode object = actions.addObject();
      object.put("name", action.name()).put("description", action.description());
      var parameters = object.putArray("parameters");
      action.parameters().forEach(parameter -> parameters.add(of(parameter)));
    }
    return actions.toString();
  }

  private static ObjectNode of(ParameterDescriptor parameter) {
    ObjectNode object = JSON.createObjectNode();
    object.put("name", parameter.name()).put("type", parameter.type());
    String value = parameter.defaultJson();
    try {
      object.set("default", value == null ? object.nullNode() : JSON.readTree(value));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("the default is JSON: " + value, impossible);
    }
    return object
        .put("required", parameter.required())
        .put("kind", parameter.kind().name().toLowerCase(Locale.ROOT));
  }

  /** A JSON array of texts. */
  static String texts(List<String> texts) {
    var array = JSON.createArrayNode();
    texts.forEach(array::add);
    return array.toString();
  }

  /** What else is kept of a descriptor, a JSON object as text. */
  static String metadata(PluginDescriptor descriptor) {
    return JSON.createObjectNode()
        .put("title", descriptor.title())
        .put("checked", descriptor.checked())
        .toString();
  }
}

package io.octopus.coordinator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.plugin.Plugin;
import io.octopus.coordinator.store.KeptVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plugins and their versions as the API shows them. */
public final class PluginJson {
  private PluginJson() {}

  /**
   * Every field is there; what is empty is null.
   *
   * @param used how many live tasks use each plugin that any uses
   */
  public static ObjectNode of(Plugin plugin, Map<String, Integer> used) {
    ObjectNode json =
        ApiJson.MAPPER
            .createObjectNode()
            .put("name", plugin.name())
            .put("file_name", plugin.fileName())
            .put("version", orNull(plugin.version()))
            .put("sha256", orNull(plugin.sha256()))
            .put("language", plugin.language())
            .put("description", plugin.description());
    json.set("actions", actions(plugin.actions()));
    json.set("requirements", ApiJson.stored(plugin.requirements()));
    return json.put("size", plugin.size())
        .put("source", plugin.source())
        .put("error", plugin.error())
        .put("used_by", used.getOrDefault(plugin.name(), 0))
        .put("created_at", plugin.createdAt().toString())
        .put("created_by", plugin.createdBy())
        .put("updated_at", plugin.updatedAt().toString())
        .put("updated_by", plugin.updatedBy());
  }

  /** One of the contents that a plugin has had. */
  static ObjectNode of(KeptVersion kept) {
    ObjectNode json =
        ApiJson.MAPPER
            .createObjectNode()
            .put("number", kept.number())
            .put("version", orNull(kept.version().version()))
            .put("sha256", kept.version().sha256())
            .put("file_name", kept.version().fileName())
            .put("size", kept.version().size());
    json.set("requirements", ApiJson.stored(kept.version().requirements()));
    return json.put("source", kept.source().text())
        .put("serving", kept.serving())
        .put("created_at", kept.version().createdAt().toString())
        .put("created_by", kept.version().createdBy())
        .put("served_at", kept.servedAt().toString())
        .put("served_by", kept.servedBy());
  }

  /** What was written down before parameters had kinds gets them: their stars and places tell. */
  private static JsonNode actions(String stored) {
    JsonNode actions = ApiJson.stored(stored);
    for (JsonNode action : actions) {
      boolean byName = false;
      for (JsonNode parameter : action.path("parameters")) {
        String name = parameter.path("name").asText();
        byName |= name.startsWith("**");
        if (parameter instanceof ObjectNode object && !object.has("kind")) {
          object.put("kind", byName ? "keyword" : "positional");
        }
        byName |= name.startsWith("*");
      }
    }
    return actions;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}

package io.octopus.coordinator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.plugin.Plugin;
import org.jspecify.annotations.Nullable;

/** A plugin as the API shows it. */
public final class PluginJson {
  private PluginJson() {}

  /** Every field is there; what is empty is null. */
  public static ObjectNode of(Plugin plugin) {
    ObjectNode json =
        ApiJson.MAPPER
            .createObjectNode()
            .put("name", plugin.name())
            .put("file_name", plugin.fileName())
            .put("version", orNull(plugin.version()))
            .put("sha256", orNull(plugin.sha256()))
            .put("language", plugin.language())
            .put("description", plugin.description());
    json.set("actions", ApiJson.stored(plugin.actions()));
    return json.put("size", plugin.size())
        .put("error", plugin.error())
        .put("created_at", plugin.createdAt().toString())
        .put("created_by", plugin.createdBy())
        .put("updated_at", plugin.updatedAt().toString());
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}

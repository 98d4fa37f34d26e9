package io.octopus.plugin.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;

/** What the text of a parameter's default stands for. */
public final class DefaultText {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private DefaultText() {}

  /** The text itself for a text parameter; for others JSON, or the text when it is no JSON. */
  public static JsonNode read(String text, boolean isText) {
    if (isText) {
      return TextNode.valueOf(text);
    }
    try {
      var value = JSON.readTree(text);
      return value.isMissingNode() ? TextNode.valueOf(text) : value;
    } catch (JsonProcessingException noJson) {
      return TextNode.valueOf(text);
    }
  }
}

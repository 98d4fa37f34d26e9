package io.octopus.coordinator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

/** Fingerprints of requests: the same for the same JSON, however its fields are ordered. */
final class Sha256 {
  private Sha256() {}

  static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The fingerprint of a body in lower-case hexadecimal. */
  static String of(JsonNode body) {
    byte[] canonical = sorted(body).toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(of(canonical));
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ArrayNode array) {
      List<JsonNode> items = StreamSupport.stream(array.spliterator(), false).toList();
      ArrayNode result = array.arrayNode();
      items.forEach(item -> result.add(sorted(item)));
      return result;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode result = object.objectNode();
      object.properties().stream()
          .map(java.util.Map.Entry::getKey)
          .sorted()
          .forEach(name -> result.set(name, sorted(object.path(name))));
      return result;
    }
    return node;
  }
}

package io.octopus.coordinator.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.util.ByteString;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes the API's JSON. Numbers pass through as they were written. */
final class ApiJson {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private static final ContentType PROBLEM =
      MediaTypes.applicationWithFixedCharset(
              "problem+json", akka.http.javadsl.model.HttpCharsets.UTF_8)
          .toContentType();

  private ApiJson() {}

  /** The object in a body; everything else is refused, with the place of the mistake. */
  static ObjectNode object(ByteString body) {
    JsonNode json = read(body);
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw new RequestRefused(
        ProblemKind.INVALID, "the body must be a JSON object but is " + BodyFields.shown(json));
  }

  private static JsonNode read(ByteString body) {
    try {
      return MAPPER.readTree(body.toArray());
    } catch (JsonProcessingException e) {
      throw new RequestRefused(ProblemKind.MALFORMED, place(e) + e.getOriginalMessage());
    } catch (IOException e) {
      throw new RequestRefused(ProblemKind.MALFORMED, "the body is not UTF-8 text");
    }
  }

  private static String place(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null
        ? ""
        : "line %d, column %d: ".formatted(location.getLineNr(), location.getColumnNr());
  }

  /** JSON that we wrote ourselves. */
  static JsonNode stored(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON cannot be read: " + text, e);
    }
  }

  static HttpResponse ok(JsonNode json) {
    return answer(StatusCodes.OK.intValue(), json);
  }

  static HttpResponse page(List<? extends JsonNode> items, @Nullable String nextCursor) {
    ObjectNode page = MAPPER.createObjectNode();
    page.putArray("items").addAll(items);
    return ok(page.put("next_cursor", nextCursor));
  }

  static HttpResponse answer(int status, JsonNode json) {
    return HttpResponse.create()
        .withStatus(status)
        .withEntity(ContentTypes.APPLICATION_JSON, bytes(json));
  }

  static HttpResponse problem(int status, JsonNode json) {
    return HttpResponse.create().withStatus(status).withEntity(PROBLEM, bytes(json));
  }

  private static byte[] bytes(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always writable", e);
    }
  }
}

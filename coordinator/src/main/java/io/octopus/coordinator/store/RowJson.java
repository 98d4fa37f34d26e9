package io.octopus.coordinator.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Makes an object of the API from a row whose columns have the API's names. */
final class RowJson {

  private final ResultSet row;
  private final ObjectNode json = JsonText.MAPPER.createObjectNode();

  RowJson(ResultSet row) {
    this.row = row;
  }

  RowJson text(String... columns) throws SQLException {
    for (String column : columns) {
      json.put(column, row.getString(column));
    }
    return this;
  }

  RowJson number(String... columns) throws SQLException {
    for (String column : columns) {
      json.set(column, JsonText.MAPPER.valueToTree(row.getObject(column)));
    }
    return this;
  }

  RowJson flag(String... columns) throws SQLException {
    for (String column : columns) {
      json.put(column, row.getBoolean(column));
    }
    return this;
  }

  RowJson json(String... columns) throws SQLException {
    for (String column : columns) {
      json.set(column, parsed(row.getString(column)));
    }
    return this;
  }

  RowJson set(String field, JsonNode value) {
    json.set(field, value);
    return this;
  }

  ObjectNode object() {
    return json;
  }

  static JsonNode parsed(@Nullable String text) {
    return text == null ? NullNode.getInstance() : JsonText.read(text);
  }
}

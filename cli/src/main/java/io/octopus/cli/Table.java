package io.octopus.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints items as aligned columns; a column is a field, or {@code a.b} a field of a field. */
final class Table {
  private static final int WIDEST = 60;

  private final List<String> columns;

  Table(String... columns) {
    this.columns = List.of(columns);
  }

  void print(JsonNode items, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(columns.stream().map(column -> column.toUpperCase(Locale.ROOT)).toList());
    items.forEach(
        item -> rows.add(columns.stream().map(column -> cell(at(item, column))).toList()));
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        String cell = shortened(row.get(i));
        line.append(cell).append(" ".repeat(width(rows, i) - cell.length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }

  /** A value in one line: texts without quotes, nothing for null, the rest as JSON. */
  static String cell(JsonNode value) {
    if (value.isNull() || value.isMissingNode()) {
      return "-";
    }
    return value.isValueNode() ? value.asText().replace('\n', ' ') : value.toString();
  }

  private static JsonNode at(JsonNode item, String column) {
    return item.at("/" + column.replace('.', '/'));
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> shortened(row.get(column)).length()).max().orElse(0);
  }

  private static String shortened(String cell) {
    return cell.length() <= WIDEST ? cell : cell.substring(0, WIDEST - 1) + "…";
  }
}

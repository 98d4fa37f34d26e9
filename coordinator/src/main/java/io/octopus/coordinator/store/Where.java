package io.octopus.coordinator.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of a list's query; what is null or empty is no condition. */
final class Where {

  private final List<String> conditions = new ArrayList<>();
  private final List<@Nullable Object> parameters = new ArrayList<>();

  Where always(String condition) {
    conditions.add(condition);
    return this;
  }

  /** The value for each mark in the condition. */
  Where given(@Nullable Object value, String condition) {
    if (value != null) {
      conditions.add(condition);
      long marks = condition.chars().filter(character -> character == '?').count();
      parameters.addAll(Collections.nCopies((int) marks, value));
    }
    return this;
  }

  /** The column has the value; the plus keeps an index on it from being used. */
  static String equal(String column, boolean byIndex) {
    return (byIndex ? "" : "+") + column + " = ?";
  }

  /** Newest first, from where the page starts, and one more than it holds: is there another? */
  String page(String table, PageRequest page) {
    PageRequest.Position after = page.after();
    if (after != null) {
      conditions.add("(%1$s.created_at, %1$s.id) < (?, ?)".formatted(table));
      parameters.add(after.createdAt());
      parameters.add(after.id());
    }
    parameters.add(page.limit() + 1);
    return (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
        + " ORDER BY %1$s.created_at DESC, %1$s.id DESC LIMIT ?".formatted(table);
  }

  @Nullable Object[] parameters() {
    return parameters.toArray();
  }
}

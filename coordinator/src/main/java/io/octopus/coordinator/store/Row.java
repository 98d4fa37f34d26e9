package io.octopus.coordinator.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row to be written: columns and values in order, the first one its key. */
final class Row {

  private final List<String> columns = new ArrayList<>();
  private final List<@Nullable Object> values = new ArrayList<>();

  Row with(String column, @Nullable Object value) {
    columns.add(column);
    values.add(value);
    return this;
  }

  List<String> columns() {
    return List.copyOf(columns);
  }

  @Nullable Object[] values() {
    return values.toArray();
  }
}

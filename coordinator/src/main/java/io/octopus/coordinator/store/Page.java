package io.octopus.coordinator.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, newest first.
 *
 * @param items whole objects, as the API shows them
 * @param nextCursor where the next page starts; null on the last one
 */
public record Page(List<ObjectNode> items, @Nullable String nextCursor) {
  private static final Comparator<ObjectNode> NEWEST_FIRST =
      Comparator.<ObjectNode, String>comparing(item -> item.path("created_at").asText())
          .thenComparing(item -> item.path("id").asText())
          .reversed();

  public Page {
    items = List.copyOf(items);
  }

  /**
   * A list of what has any of these values, or of everything if there are none. Each value is read
   * by itself: an index finds the newest rows of one value, and would have to sort those of more.
   */
  static Page ofAny(List<String> values, int limit, Reader reader) throws SQLException {
    if (values.isEmpty()) {
      return of(reader.newest(null), limit);
    }
    List<ObjectNode> read = new ArrayList<>();
    for (String value : Set.copyOf(values)) {
      read.addAll(reader.newest(value));
    }
    read.sort(NEWEST_FIRST);
    return of(read.subList(0, Math.min(read.size(), limit + 1)), limit);
  }

  /** Reads the newest items with a value; null for any. */
  @FunctionalInterface
  interface Reader {
    List<ObjectNode> newest(@Nullable String value) throws SQLException;
  }

  /** Cuts what was read to the limit; one item more than that tells that there is another page. */
  static Page of(List<ObjectNode> read, int limit) {
    if (read.size() <= limit) {
      return new Page(read, null);
    }
    ObjectNode last = read.get(limit - 1);
    String cursor =
        new PageRequest.Position(last.get("created_at").textValue(), last.get("id").textValue())
            .cursor();
    return new Page(read.subList(0, limit), cursor);
  }
}

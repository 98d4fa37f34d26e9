package io.octopus.coordinator.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, newest first.
 *
 * @param items whole objects, as the API shows them
 * @param nextCursor where the next page starts; null on the last one
 */
public record Page(List<ObjectNode> items, @Nullable String nextCursor) {
  public Page {
    items = List.copyOf(items);
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

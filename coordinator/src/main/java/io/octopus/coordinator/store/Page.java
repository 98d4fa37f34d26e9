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
}

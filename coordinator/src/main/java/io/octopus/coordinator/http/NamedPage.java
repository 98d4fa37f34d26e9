package io.octopus.coordinator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.coordinator.store.PageRequest;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that is kept by name and fits into memory: clients, plugins.
 *
 * @param after the last name of the page before
 */
record NamedPage(int limit, @Nullable String after) {

  static NamedPage of(QueryParameters query) {
    int limit =
        query
            .number("limit", 1, PageRequest.MAX_LIMIT)
            .map(Math::toIntExact)
            .orElse(PageRequest.DEFAULT_LIMIT);
    String cursor = query.text("cursor");
    return new NamedPage(limit, cursor == null ? null : decoded(cursor));
  }

  HttpResponse answer(List<ObjectNode> all) {
    List<ObjectNode> rest =
        all.stream()
            .filter(item -> after == null || name(item).compareTo(after) > 0)
            .sorted(Comparator.comparing(NamedPage::name))
            .toList();
    if (rest.size() <= limit) {
      return ApiJson.page(rest, null);
    }
    List<ObjectNode> page = rest.subList(0, limit);
    String last = name(page.get(limit - 1));
    return ApiJson.page(
        page, Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(UTF_8)));
  }

  private static String name(ObjectNode item) {
    return item.path("name").asText();
  }

  private static String decoded(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
    } catch (IllegalArgumentException notOurs) {
      throw RequestRefused.invalid("cursor", "is not one that a list has answered");
    }
  }
}

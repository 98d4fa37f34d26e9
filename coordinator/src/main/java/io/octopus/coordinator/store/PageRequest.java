package io.octopus.coordinator.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted: so many items after the one the cursor names.
 *
 * @param after the last item of the page before; null for the first page
 */
public record PageRequest(int limit, @Nullable Position after) {

  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 500;

  /** The newest items, as many as a list has when nothing is said. */
  public static PageRequest first() {
    return new PageRequest(DEFAULT_LIMIT, null);
  }

  /**
   * Reads the parameters of a list; null or empty means that they were not given.
   *
   * @throws InvalidPage naming the parameter that is wrong
   */
  public static PageRequest parse(@Nullable String limit, @Nullable String cursor) {
    return new PageRequest(parseLimit(limit), parseCursor(cursor));
  }

  private static int parseLimit(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return DEFAULT_LIMIT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException notANumber) {
      // refused below, like a number out of range
    }
    throw new InvalidPage("limit", "limit is " + text + " but must be 1 to " + MAX_LIMIT);
  }

  private static @Nullable Position parseCursor(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      String decoded = new String(Base64.getUrlDecoder().decode(text), UTF_8);
      int separator = decoded.indexOf('|');
      if (separator == TimeText.LENGTH && separator < decoded.length() - 1) {
        String createdAt = decoded.substring(0, separator);
        TimeText.parse(createdAt);
        return new Position(createdAt, decoded.substring(separator + 1));
      }
    } catch (IllegalArgumentException | java.time.DateTimeException notACursor) {
      // refused below
    }
    throw new InvalidPage("cursor", "this cursor is not one that a list has answered");
  }

  /**
   * Before which number the page begins, in a list whose items are numbered.
   *
   * @throws InvalidPage when the cursor is one of another list
   */
  public long numberBefore() {
    if (after == null) {
      return Long.MAX_VALUE;
    }
    if (after.id().matches("\\d{1,18}")) {
      return Long.parseLong(after.id());
    }
    throw new InvalidPage("cursor", "this cursor is not one that this list has answered");
  }

  /** An item's place in a list. */
  public record Position(String createdAt, String id) {
    String cursor() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString((createdAt + "|" + id).getBytes(UTF_8));
    }
  }
}

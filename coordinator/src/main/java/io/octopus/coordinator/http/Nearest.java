package io.octopus.coordinator.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant who mistyped a name, by the number of letters to change. */
final class Nearest {
  private static final int LISTED = 5;

  private Nearest() {}

  /** The known name that is near enough to be what was meant. */
  static Optional<String> to(String typed, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(typed, name) <= Math.max(2, typed.length() / 3))
        .min(byDistance(typed));
  }

  /** A few known names, the nearest first, as words for a message. */
  static String listed(String typed, Collection<String> known) {
    List<String> nearest = known.stream().sorted(byDistance(typed)).limit(LISTED).toList();
    return String.join(", ", nearest) + (known.size() > LISTED ? ", …" : "");
  }

  private static Comparator<String> byDistance(String typed) {
    return Comparator.<String>comparingInt(name -> distance(typed, name))
        .thenComparing(Comparator.naturalOrder());
  }

  /** The Levenshtein distance, letter case ignored. */
  static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}

package io.octopus.system.soak;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what was done to the nodes, from many threads. */
final class Tally {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  int of(String what) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(what))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  @Override
  public String toString() {
    return new TreeMap<>(counts).toString();
  }
}

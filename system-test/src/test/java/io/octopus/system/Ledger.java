package io.octopus.system;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the plugins themselves wrote down: which attempt ran where, from when to when. */
public final class Ledger {
  private final Path file;

  Ledger(Path file) {
    this.file = file;
  }

  /**
   * A line: an attempt started or ended on a client.
   *
   * @param at in seconds of the machine's uptime
   * @param clock what the machine's clock said
   */
  public record Entry(
      String execution,
      int attempt,
      String what,
      String client,
      long pid,
      double at,
      Instant clock) {
    private static Entry parse(String line) {
      List<String> words = List.of(line.split(" ", -1));
      return new Entry(
          words.get(0),
          Integer.parseInt(words.get(1)),
          words.get(2),
          words.get(3),
          Long.parseLong(words.get(4)),
          Double.parseDouble(words.get(5)),
          Instant.ofEpochMilli((long) (Double.parseDouble(words.get(6)) * 1000)));
    }

    public boolean isStart() {
      return what.equals("start");
    }

    /** The execution and the attempt in one word. */
    public String tried() {
      return execution + "#" + attempt;
    }
  }

  /** The argument for the plugin. */
  public String path() {
    return file.toString();
  }

  public List<Entry> entries() {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream().map(Entry::parse).toList()
          : List.of();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  public List<Entry> starts() {
    return entries().stream().filter(Entry::isStart).toList();
  }

  public List<Entry> ends() {
    return entries().stream().filter(entry -> entry.what().equals("end")).toList();
  }

  /** Attempts that were started more than once; there must never be one. */
  public Set<String> startedTwice() {
    return starts().stream().collect(groupingBy(Entry::tried, counting())).entrySet().stream()
        .filter(count -> count.getValue() > 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** The clients that started something. */
  public Set<String> clients() {
    return starts().stream().map(Entry::client).collect(Collectors.toSet());
  }

  /** How many attempts each client ran at the same time, at most. */
  public Map<String, Integer> mostAtOnce() {
    Map<String, Integer> now = new HashMap<>();
    Map<String, Integer> most = new HashMap<>();
    entries().stream()
        .sorted(Comparator.comparingDouble(Entry::at))
        .forEach(
            entry -> {
              int running = now.merge(entry.client(), entry.isStart() ? 1 : -1, Integer::sum);
              most.merge(entry.client(), running, Math::max);
            });
    return most;
  }
}

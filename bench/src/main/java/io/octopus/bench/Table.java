package io.octopus.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Shows results to people, and keeps them for programs. */
final class Table {

  private Table() {}

  static void print(String title, String machine, List<Race.Result> results) {
    System.out.println(title);
    System.out.println(machine);
    System.out.println();
    System.out.printf("%-28s %12s %12s %12s%n", "", "median", "min", "max");
    for (var result : results) {
      System.out.printf(
          "%-28s %12.1f %12.1f %12.1f%n",
          result.title(), result.median(), result.least(), result.most());
    }
    System.out.println();
  }

  static void write(Path file, String machine, List<Race.Result> results) throws IOException {
    var mapper = new ObjectMapper();
    var root = mapper.createObjectNode().put("machine", machine);
    var all = root.putArray("results");
    for (var result : results) {
      var one =
          all.addObject()
              .put("title", result.title())
              .put("median", result.median())
              .put("min", result.least())
              .put("max", result.most());
      one.set("rounds", mapper.valueToTree(result.rounds()));
    }
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
  }
}

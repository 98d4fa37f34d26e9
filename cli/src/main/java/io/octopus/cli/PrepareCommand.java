package io.octopus.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code octopus prepare}: makes this installation start faster, by starting it once, in a process
 * that records what was loaded.
 */
@Command(
    name = "prepare",
    description = "Makes this installation start faster on this machine; once after copying it.",
    mixinStandardHelpOptions = true)
final class PrepareCommand implements Callable<Integer> {
  private static final long MOST_SECONDS = 180;

  @Spec private CommandSpec spec;

  @Option(
      names = "--rehearse",
      hidden = true,
      description = "Be the process that is recorded, with this folder for its data.")
  private @Nullable Path rehearsal;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rehearsal != null) {
      return Rehearsal.run(rehearsal);
    }
    Path archive = StartArchive.file();
    Path fresh = archive.resolveSibling(archive.getFileName() + ".new");
    Path data = Files.createTempDirectory("octopus-prepare");
    try {
      Files.deleteIfExists(fresh);
      Path log = data.resolve("log");
      Process process =
          new ProcessBuilder(recording(fresh, data))
              .directory(data.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      if (process.exitValue() != ExitCode.OK || !Files.exists(fresh)) {
        spec.commandLine().getErr().println("octopus: the start could not be recorded");
        spec.commandLine().getErr().println(Files.readString(log, Charset.defaultCharset()));
        return ExitCode.FAILED;
      }
      // Whoever may run the installation may use it; it holds nothing but what is in the jars.
      fresh.toFile().setReadable(true, false);
      Files.move(fresh, archive, StandardCopyOption.REPLACE_EXISTING);
      spec.commandLine().getOut().println("Prepared: " + archive);
      return ExitCode.OK;
    } finally {
      delete(data);
    }
  }

  private static List<String> recording(Path archive, Path data) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-XX:ArchiveClassesAtExit=" + archive);
    line.add("-D" + Installation.HOME + "=" + Installation.home());
    line.addAll(List.of("-cp", System.getProperty("java.class.path", ""), Main.class.getName()));
    line.addAll(List.of("prepare", "--rehearse", data.resolve("data").toString()));
    return line;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}

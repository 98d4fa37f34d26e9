package io.octopus.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One started command of the product: its signals, its console, its end. */
public final class OctopusProcess {
  private static final List<String> RESET_SIGNALS = List.of("env", "--default-signal=INT");
  private static final boolean CAN_RESET_SIGNALS = canResetSignals();

  private static final String READY = "NodeLife: Ready";

  private final String name;
  private final Process process;
  private final Path console;
  private final long before;

  private OctopusProcess(String name, Process process, Path console, long before) {
    this.name = name;
    this.process = process;
    this.console = console;
    this.before = before;
  }

  static OctopusProcess start(
      String name, Path folder, List<String> command, Map<String, String> environment) {
    try {
      Files.createDirectories(folder);
      Path console = folder.resolve(name + ".console");
      var builder = new ProcessBuilder(hearingCtrlC(command)).directory(folder.toFile());
      builder.environment().keySet().removeIf(key -> key.startsWith("OCTOPUS_"));
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()));
      long before = Files.exists(console) ? Files.size(console) : 0;
      return new OctopusProcess(name, builder.start(), console, before);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /**
   * Tests that were started in the background of a shell ignore Ctrl-C, and so would all that they
   * start.
   */
  private static List<String> hearingCtrlC(List<String> command) {
    if (!CAN_RESET_SIGNALS) {
      return command;
    }
    return Stream.concat(RESET_SIGNALS.stream(), command.stream()).toList();
  }

  private static boolean canResetSignals() {
    try {
      var check = Stream.concat(RESET_SIGNALS.stream(), Stream.of("true")).toList();
      return new ProcessBuilder(check).start().waitFor() == 0;
    } catch (IOException thereIsNoEnv) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  public String name() {
    return name;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as a power cut would. */
  public void kill() {
    signal("KILL");
    awaitExit(Duration.ofSeconds(10));
  }

  /** Stops it from running without ending it, as a sleeping laptop does. */
  public void pause() {
    signal("STOP");
  }

  /** Lets a paused process run again. */
  public void wake() {
    signal("CONT");
  }

  /** Asks it to end in good order. */
  public void terminate() {
    signal("TERM");
  }

  /** What Ctrl-C does. */
  public void interrupt() {
    signal("INT");
  }

  /** The exit code, once it has ended by itself. */
  public int awaitExit(Duration bound) {
    try {
      if (!process.waitFor(Patience.stretched(bound).toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " still runs after " + bound + "\n" + tail());
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Everything it has said. */
  public String console() {
    try {
      return Files.exists(console)
          ? new String(Files.readAllBytes(console), StandardCharsets.UTF_8)
          : "";
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Whether it says that it is ready; its predecessors of the same name do not count. */
  public boolean isReady() {
    byte[] said = console().getBytes(StandardCharsets.UTF_8);
    int from = (int) Math.min(before, said.length);
    return new String(said, from, said.length - from, StandardCharsets.UTF_8).contains(READY);
  }

  public String tail() {
    var lines = console().lines().toList();
    var last = lines.subList(Math.max(0, lines.size() - 60), lines.size());
    return "---- " + name + " (" + console + ")\n" + String.join("\n", last);
  }

  void destroyTree() {
    var descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  private void signal(String signal) {
    try {
      var command = List.of("kill", "-" + signal, Long.toString(process.pid()));
      int exit = new ProcessBuilder(command).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("no process " + name + " to signal\n" + tail());
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}

package io.octopus.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A node as a child process of {@code up}, its console lines prefixed with its name.
 *
 * <p>The child stops in good order when its standard input ends. That works on every system, also
 * when {@code up} itself is killed.
 */
final class ChildNode {
  private final String name;
  private final Process process;

  private ChildNode(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  static ChildNode start(
      String name,
      List<String> arguments,
      Set<String> withoutVariables,
      Map<String, String> environment,
      PrintWriter out) {
    ProcessBuilder builder = new ProcessBuilder(JavaCommand.line(arguments));
    builder.redirectErrorStream(true);
    builder.environment().keySet().removeAll(withoutVariables);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      Thread copy = new Thread(() -> copy(name, process, out), name + " output");
      copy.setDaemon(true);
      copy.start();
      return new ChildNode(name, process);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + builder.command(), e);
    }
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode() {
    return process.exitValue();
  }

  CompletableFuture<ChildNode> ended() {
    return process.onExit().thenApply(ended -> this);
  }

  /** Lets it end by itself for so long, then ends it. */
  void stop(Duration patience) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // A broken pipe: it has ended or is about to.
      process.destroy();
    }
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  private static void copy(String name, Process process, PrintWriter out) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), Charset.defaultCharset()))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println("%-11s | %s".formatted(name, line));
        out.flush();
      }
    } catch (IOException e) {
      out.println(name + ": its output broke: " + e.getMessage());
    }
  }
}

package io.octopus.plugin.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Makes one virtual environment and installs packages into it. */
final class EnvironmentBuild {

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final String MARK = "_PLUGIN_ENVIRONMENT";
  private static final int LONGEST_TAIL = 3000;

  private final PythonEnvironment environment;
  private final Requirements requirements;
  private final Path python;
  private final Optional<Path> wheels;
  private final WorkFolders folders;
  private final long begin = System.nanoTime();
  private int code;

  EnvironmentBuild(
      PythonEnvironment environment,
      Requirements requirements,
      Path python,
      Optional<Path> wheels,
      WorkFolders folders) {
    this.environment = environment;
    this.requirements = requirements;
    this.python = python;
    this.wheels = wheels;
    this.folders = folders;
  }

  /** Builds it, unless another process has just done so; an {@link EnvironmentFailure} says why. */
  void run() throws IOException {
    try (var channel = environment.open();
        var lock = channel.lock()) {
      if (lock.isValid() && !environment.isReady()) {
        build();
      }
    }
  }

  private void build() throws IOException {
    var folder = environment.folder();
    FolderRemoval.remove(folder);
    Files.createDirectories(folder);
    var list = folder.resolve("requirements.txt");
    Files.write(list, requirements.lines());
    step("-m venv", List.of(python.toString(), "-m", "venv", "--without-pip", folder.toString()));
    var install = new ArrayList<>(pip());
    install.addAll(
        List.of("install", "--disable-pip-version-check", "--no-input", "-r", list.toString()));
    wheels.ifPresent(
        wheel -> install.addAll(List.of("--no-index", "--find-links", wheel.toString())));
    step("-m pip install", install);
    environment.markReady();
  }

  /** The interpreter's own pip where it can serve an environment: one that is put in costs 5 s. */
  private List<String> pip() throws IOException {
    var program = environment.program().toString();
    var borrowed = List.of(python.toString(), "-m", "pip", "--python", program);
    if (isDone(List.of(python.toString(), "-m", "pip", "--python", program, "--version"))) {
      return borrowed;
    }
    step("-m ensurepip", List.of(program, "-m", "ensurepip", "--default-pip"));
    return List.of(program, "-m", "pip");
  }

  private void step(String name, List<String> command) throws IOException {
    if (!isDone(command)) {
      throw failure("python " + name + " ended with " + Failures.describe(code));
    }
  }

  private boolean isDone(List<String> command) throws IOException {
    try {
      code = execute(command);
      return code == 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failure("it was interrupted");
    }
  }

  private int execute(List<String> command) throws IOException, InterruptedException {
    var place = folders.reserve();
    var mark = Map.of(MARK, UUID.randomUUID().toString());
    var builder =
        new ProcessBuilder(SessionLeader.of(command))
            .directory(environment.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(environment.log().toFile()));
    PluginEnvironment.apply(builder, variables(mark));
    folders.announce(place, mark);
    var process = builder.start();
    var tree = new ProcessTree(process.toHandle(), mark, place, Confinement.noCell());
    try {
      folders.record(place, process.toHandle(), mark);
      process.getOutputStream().close();
      long left = LONGEST.toNanos() - (System.nanoTime() - begin);
      if (!process.waitFor(Math.max(0, left), TimeUnit.NANOSECONDS)) {
        throw failure("it took longer than " + LONGEST.toMinutes() + " minutes");
      }
      return process.exitValue();
    } finally {
      tree.kill();
      folders.remove(place);
    }
  }

  /** The node's own settings of pip count: they say where packages come from. */
  private static Map<String, String> variables(Map<String, String> mark) {
    var variables = new LinkedHashMap<>(mark);
    System.getenv()
        .forEach(
            (name, value) -> {
              if (name.startsWith("PIP_")) {
                variables.put(name, value);
              }
            });
    return variables;
  }

  private EnvironmentFailure failure(String what) throws IOException {
    var log = environment.log();
    var said = Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8).strip() : "";
    var tail = said.substring(Math.max(0, said.length() - LONGEST_TAIL));
    return new EnvironmentFailure(
        "The environment with %s could not be built: %s (log: %s)%s"
            .formatted(requirements, what, log, tail.isEmpty() ? "" : "\n" + tail));
  }
}

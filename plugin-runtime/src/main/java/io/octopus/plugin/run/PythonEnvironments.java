package io.octopus.plugin.run;

import io.octopus.plugin.python.PythonInterpreter;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The virtual environments of Python plugins: one for each set of requirements, built when it is
 * first needed, shared by all plugins that need the same, removed when nobody has used it for long.
 *
 * <p>However many executions need a new environment, it is built once; they wait for it. A build
 * that failed is tried again, but not by everyone who comes in the next moment.
 */
final class PythonEnvironments {

  private static final Logger LOG = LoggerFactory.getLogger(PythonEnvironments.class);
  private static final Duration FAILURE_STANDS = Duration.ofSeconds(30);
  private static final Duration SWEEP = Duration.ofDays(1);

  private final PythonPackages settings;
  private final PythonInterpreter interpreter;
  private final InstantSource clock;
  private final WorkFolders folders;
  private final RunnerThreads threads;
  private final Confinement confinement;
  private final Set<Path> admitted = ConcurrentHashMap.newKeySet();
  private final Map<Path, CompletableFuture<Boolean>> builds = new ConcurrentHashMap<>();
  private final Map<Path, Failure> failures = new ConcurrentHashMap<>();
  private final Map<Path, Integer> inUse = new ConcurrentHashMap<>();

  /** Lasts while something runs in an environment. */
  interface Use extends AutoCloseable {
    @Override
    void close();
  }

  private record Failure(Instant at, String message) {}

  PythonEnvironments(
      PythonPackages settings,
      PythonInterpreter interpreter,
      InstantSource clock,
      WorkFolders folders,
      RunnerThreads threads,
      Confinement confinement) {
    this.confinement = confinement;
    this.settings = settings;
    this.interpreter = interpreter;
    this.clock = clock;
    this.folders = folders;
    this.threads = threads;
    threads.run(this::sweepDaily);
  }

  /**
   * Finds the environment for a set of requirements, or has it built and waits for that; an attempt
   * that is cancelled waits no longer.
   */
  PythonEnvironment open(Requirements requirements, Attempt attempt)
      throws IOException, InterruptedException {
    var python = interpreter.find();
    var environment =
        new PythonEnvironment(settings.folder().resolve(requirements.nameFor(python.version())));
    if (!environment.isReady()) {
      refuseWhatJustFailed(environment);
      attempt
          .output()
          .log(
              "INFO",
              "Preparing an environment with %s; once per client, log: %s"
                  .formatted(requirements, environment.log()));
      var begin = clock.instant();
      await(build(environment, requirements, python.program()), attempt);
      admitted.remove(environment.folder());
      var took = Duration.between(begin, clock.instant()).toSeconds();
      attempt.output().log("INFO", "The environment is ready after " + took + " s");
    }
    if (admitted.add(environment.folder())) {
      confinement.admitAll(environment.folder(), 2);
    }
    environment.touch(clock.instant());
    return environment;
  }

  private void refuseWhatJustFailed(PythonEnvironment environment) throws EnvironmentFailure {
    var known = failures.get(environment.folder());
    if (known != null && known.at().plus(FAILURE_STANDS).isAfter(clock.instant())) {
      throw new EnvironmentFailure(known.message());
    }
  }

  private CompletableFuture<Boolean> build(
      PythonEnvironment environment, Requirements requirements, Path python) {
    var folder = environment.folder();
    return builds.computeIfAbsent(
        folder,
        absent -> {
          var build =
              new EnvironmentBuild(environment, requirements, python, settings.wheels(), folders);
          var end = new CompletableFuture<Boolean>();
          threads.run(
              () -> {
                try {
                  build.run();
                  failures.remove(folder);
                  builds.remove(folder);
                  end.complete(true);
                } catch (IOException | RuntimeException problem) {
                  failures.put(folder, new Failure(clock.instant(), wordsOf(problem)));
                  builds.remove(folder);
                  end.completeExceptionally(new EnvironmentFailure(wordsOf(problem)));
                }
              });
          return end;
        });
  }

  private static String wordsOf(Exception problem) {
    return problem instanceof EnvironmentFailure
        ? String.valueOf(problem.getMessage())
        : "The environment could not be built: " + problem;
  }

  private static void await(CompletableFuture<Boolean> build, Attempt attempt)
      throws EnvironmentFailure, InterruptedException {
    var givenUp = new CompletableFuture<Boolean>();
    attempt.onStop(() -> givenUp.complete(false));
    try {
      CompletableFuture.anyOf(build, givenUp).get();
    } catch (ExecutionException failed) {
      var cause = failed.getCause() == null ? failed : failed.getCause();
      throw new EnvironmentFailure(String.valueOf(cause.getMessage()));
    }
  }

  /** Keeps an environment from being removed while something runs in it. */
  Use use(PythonEnvironment environment) {
    inUse.merge(environment.folder(), 1, Integer::sum);
    return () -> {
      environment.touch(clock.instant());
      inUse.computeIfPresent(environment.folder(), (folder, uses) -> uses == 1 ? null : uses - 1);
    };
  }

  private void sweepDaily() {
    try {
      sweep();
    } catch (IOException problem) {
      LOG.warn("Old environments are not removed: {}", problem.toString());
    }
    threads.later(SWEEP, this::sweepDaily);
  }

  /** Removes the environments that nobody has used for long, and what failed builds left. */
  void sweep() throws IOException {
    if (!Files.isDirectory(settings.folder())) {
      return;
    }
    var oldest = clock.instant().minus(settings.keep());
    try (var entries = Files.newDirectoryStream(settings.folder(), Files::isDirectory)) {
      for (var folder : entries) {
        var environment = new PythonEnvironment(folder);
        boolean idle = !inUse.containsKey(folder) && !builds.containsKey(folder);
        if (idle && environment.lastUsed().isBefore(oldest)) {
          LOG.info("Removing environment {}, unused since {}", folder, environment.lastUsed());
          environment.remove();
          admitted.remove(folder);
        }
      }
    } catch (DirectoryIteratorException problem) {
      throw problem.getCause();
    }
  }
}

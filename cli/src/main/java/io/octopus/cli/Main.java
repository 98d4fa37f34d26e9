package io.octopus.cli;

import io.octopus.config.SettingsException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code octopus}: finds the subcommand and turns its end into an exit code. */
@Command(
    name = "octopus",
    description = "Create a task once, run it on one, any or all of your machines.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the work failed",
      "2:wrong usage or a bad setting",
      "3:the server was not reached"
    })
public final class Main {
  private static final List<Class<?>> COMMANDS =
      List.of(
          UpCommand.class,
          CoordinatorCommand.class,
          WorkerCommand.class,
          TaskCommand.class,
          ExecutionCommand.class,
          ClientCommand.class,
          PluginCommand.class,
          RebuildCommand.class,
          PrepareCommand.class,
          VersionCommand.class);

  private static final String COMMON_POOL = "java.util.concurrent.ForkJoinPool.common.parallelism";

  public static void main(String[] arguments) {
    useOnePoolForFutures();
    System.exit(commandLine(arguments).execute(arguments));
  }

  /**
   * On one or two processors a {@link java.util.concurrent.CompletableFuture} starts a thread for
   * every asynchronous step, unless the common pool is made larger than one; and every step after
   * an answer of an actor is such a one.
   */
  private static void useOnePoolForFutures() {
    if (System.getProperty(COMMON_POOL) == null && Runtime.getRuntime().availableProcessors() < 3) {
      System.setProperty(COMMON_POOL, "2");
    }
  }

  /** What understands these arguments, with every failure a user can cause told in one line. */
  static CommandLine commandLine(String... arguments) {
    var line = new CommandLine(new Main());
    commandsFor(arguments).forEach(line::addSubcommand);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (failure instanceof SettingsException || failure instanceof DataFolderException) {
                command.getErr().println("octopus: " + failure.getMessage());
                return ExitCode.USAGE;
              }
              if (failure instanceof PortInUseException) {
                command.getErr().println("octopus: " + failure.getMessage());
                return ExitCode.FAILED;
              }
              if (failure instanceof ApiFailure answer) {
                command.getErr().println("octopus: " + answer.getMessage());
                return answer.exitCode();
              }
              throw failure;
            });
  }

  /** The one that is asked for, or else all: to reflect over all of them takes half a second. */
  private static List<Class<?>> commandsFor(String... arguments) {
    var first = arguments.length == 0 ? "" : arguments[0];
    var named =
        COMMANDS.stream()
            .filter(type -> type.getAnnotation(Command.class).name().equals(first))
            .toList();
    return named.isEmpty() ? COMMANDS : named;
  }
}

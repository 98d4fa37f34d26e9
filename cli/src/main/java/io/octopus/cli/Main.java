package io.octopus.cli;

import io.octopus.config.SettingsException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code octopus}: finds the subcommand and turns its end into an exit code. */
@Command(
    name = "octopus",
    description = "Create a task once, run it on one, any or all of your machines.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      UpCommand.class,
      CoordinatorCommand.class,
      WorkerCommand.class,
      TaskCommand.class,
      ExecutionCommand.class,
      ClientCommand.class,
      PluginCommand.class,
      RebuildCommand.class,
      PrepareCommand.class,
      VersionCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the work failed",
      "2:wrong usage or a bad setting",
      "3:the server was not reached"
    })
public final class Main {
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The whole command line, with every failure a user can cause told in one line. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
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
}

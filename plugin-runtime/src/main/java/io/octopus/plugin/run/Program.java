package io.octopus.plugin.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a warm process runs; processes of equal programs can stand in for each other.
 *
 * @param command speaks the protocol of {@link WarmCall} on its stdin and stdout
 * @param keepsSpare whether a process that has served nobody is kept however long nobody comes
 * @param pipesOutput whether output that bypasses the protocol comes out of stderr while it works;
 *     otherwise stderr holds only what the process says when it cannot go on
 * @param countsUses whether it keeps the number of uses it has taken on in the file that its last
 *     argument names, so that it can be told when it has died whether it saw a request
 */
record Program(List<String> command, boolean keepsSpare, boolean pipesOutput, boolean countsUses) {

  Program {
    command = List.copyOf(command);
  }

  /** The command of a process that says here how many uses it has taken on, if it does. */
  List<String> command(Path takenOn) {
    if (!countsUses) {
      return command;
    }
    var whole = new ArrayList<>(command);
    whole.add(takenOn.toString());
    return whole;
  }
}

package io.octopus.plugin.python;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The Python interpreter of this host, as its settings name it.
 *
 * <p>The name may be a launcher (a shim of pyenv, a link into a virtual environment): it is asked
 * once which program it stands for, which saves every later process the launcher's own start. A
 * failure is not remembered, so an interpreter that is installed later is found.
 */
public final class PythonInterpreter {

  private static final String QUESTION =
      "import sys; v = sys.version_info; print('%d.%d.%d|%s' % (v[0], v[1], v[2], sys.executable))";
  private static final int OLDEST_MINOR = 7;
  private static final String DECLINED = "none";

  private final Path setting;
  private @Nullable Found found;

  public PythonInterpreter(Path setting) {
    this.setting = setting;
  }

  /** An interpreter that can run plugins. */
  public record Found(Path program, String version) {}

  /** Why there is no interpreter; the message is for the operator. */
  public static final class Missing extends IOException {
    private static final long serialVersionUID = 1;

    Missing(String message) {
      super(message);
    }
  }

  /** Finds the interpreter, or says why it cannot be used. */
  public synchronized Found find() throws Missing, InterruptedException {
    var known = found;
    if (known == null || !Files.isExecutable(known.program())) {
      known = ask();
      found = known;
    }
    return known;
  }

  /** Whether this host is not meant to have one. */
  public boolean isDeclined() {
    return setting.toString().equals(DECLINED);
  }

  private Found ask() throws Missing, InterruptedException {
    if (isDeclined()) {
      throw new Missing("this host runs no Python plugins (client.python is none)");
    }
    Path answer = null;
    try {
      // A file, not a pipe: a launcher that hangs must not hang its reader.
      answer = Files.createTempFile("octopus-python", ".txt");
      var process =
          new ProcessBuilder(List.of(setting.toString(), "-c", QUESTION))
              .redirectErrorStream(true)
              .redirectOutput(answer.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new Missing("Python interpreter " + setting + " does not answer");
      }
      return read(Files.readString(answer, StandardCharsets.UTF_8).strip());
    } catch (Missing missing) {
      throw missing;
    } catch (IOException problem) {
      throw new Missing(
          "No Python interpreter " + setting + " (client.python): " + problem.getMessage());
    } finally {
      delete(answer);
    }
  }

  private Found read(String answer) throws Missing {
    var line = answer.substring(answer.lastIndexOf('\n') + 1);
    var parts = line.split("\\|", 2);
    if (parts.length != 2 || !parts[0].matches("\\d+\\.\\d+\\.\\d+") || parts[1].isBlank()) {
      throw new Missing("Python interpreter " + setting + " cannot be used: " + answer);
    }
    var numbers = parts[0].split("\\.", -1);
    int major = Integer.parseInt(numbers[0]);
    if (major != 3 || Integer.parseInt(numbers[1]) < OLDEST_MINOR) {
      throw new Missing(
          "Python interpreter " + setting + " is version " + parts[0] + "; 3.7 is the oldest");
    }
    return new Found(Path.of(parts[1].strip()), parts[0]);
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException leftBehind) {
      // An empty file in the temporary folder harms nobody.
    }
  }
}

package io.octopus.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Starts a new interpreter for every call, as a shell script or cron would. */
record FreshInterpreter(Path python, Path plugin, int lanes) implements Contestant {

  private static final String CALL =
      "import json, runpy, sys; print(json.dumps(runpy.run_path(sys.argv[1])['main']()))";

  @Override
  public String title() {
    return "fresh python3 per call";
  }

  @Override
  public void once(int lane) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(python.toString(), "-c", CALL, plugin.toString())
            .redirectErrorStream(true)
            .start();
    var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0 || !answer.strip().equals("null")) {
      throw new IOException("python3 answered " + answer);
    }
  }

  @Override
  public void close() {}
}

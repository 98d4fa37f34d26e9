package io.octopus.plugin.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.octopus.plugin.python.PythonInterpreter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks the host's Python for the syntax trees of Python files. */
final class SyntaxReader {

  private static final int PATIENCE_SECONDS = 60;

  private final PythonInterpreter interpreter;
  private final ObjectMapper json;

  SyntaxReader(PythonInterpreter interpreter, ObjectMapper json) {
    this.interpreter = interpreter;
    this.json = json;
  }

  /** What read_plugin.py says of each file, in their order. */
  List<JsonNode> read(List<PluginFile> files) throws IOException, InterruptedException {
    var program = interpreter.find().program();
    // Files, not pipes: nobody has to read and write at the same time.
    var folder = Files.createTempDirectory("octopus-read");
    var question = folder.resolve("question.json");
    var answer = folder.resolve("answer.json");
    try {
      var contents = json.createArrayNode();
      files.forEach(file -> contents.add(Base64.getEncoder().encodeToString(file.content())));
      Files.write(question, json.writeValueAsBytes(contents));
      run(List.of(program.toString(), "-I", "-X", "utf8", "-c", script()), question, answer);
      var answers = new ArrayList<JsonNode>();
      json.readTree(Files.readAllBytes(answer)).forEach(answers::add);
      return answers;
    } finally {
      Files.deleteIfExists(question);
      Files.deleteIfExists(answer);
      Files.deleteIfExists(folder);
    }
  }

  private static void run(List<String> command, Path question, Path answer)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .redirectInput(question.toFile())
            .redirectOutput(answer.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("Python does not answer");
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IOException("Python ended with exit code " + process.exitValue());
    }
  }

  private static String script() throws IOException {
    try (var in = SyntaxReader.class.getResourceAsStream("read_plugin.py")) {
      if (in == null) {
        throw new FileNotFoundException("resource read_plugin.py");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

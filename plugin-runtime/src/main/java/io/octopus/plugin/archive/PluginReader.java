package io.octopus.plugin.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.octopus.plugin.archive.PluginDescriptor.Problem;
import io.octopus.plugin.python.PythonInterpreter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads plugins' descriptors without running their code.
 *
 * <p>A host without Python cannot look into Python files: it gets unchecked descriptors, and
 * somebody else must look.
 */
public final class PluginReader {

  private static final Logger LOG = LoggerFactory.getLogger(PluginReader.class);
  private static final int SHORT_HASH = 12;

  private final SyntaxReader python;
  private final ObjectMapper json = new ObjectMapper();

  public PluginReader(PythonInterpreter interpreter) {
    python = new SyntaxReader(interpreter, json);
  }

  public PluginDescriptor read(PluginFile file) throws InterruptedException {
    return readAll(List.of(file)).get(0);
  }

  /** Reads several at once, which starts the interpreter only once; answers in their order. */
  public List<PluginDescriptor> readAll(List<PluginFile> files) throws InterruptedException {
    var pythonFiles = files.stream().filter(file -> file.language() == Language.PYTHON).toList();
    var answers = pythonFiles.isEmpty() ? List.<JsonNode>of() : ask(pythonFiles);
    var next = answers.iterator();
    var descriptors = new ArrayList<PluginDescriptor>();
    for (var file : files) {
      descriptors.add(
          switch (file.language()) {
            case PYTHON -> next.hasNext() ? pythonDescriptor(file, next.next()) : unchecked(file);
            case SCRIPT -> scriptDescriptor(file);
            case JAVA -> jarDescriptor(file);
          });
    }
    return descriptors;
  }

  private List<JsonNode> ask(List<PluginFile> files) throws InterruptedException {
    try {
      return python.read(files);
    } catch (IOException problem) {
      LOG.warn("Plugins are not checked on this host: {}", problem.getMessage());
      return List.of();
    }
  }

  private PluginDescriptor pythonDescriptor(PluginFile file, JsonNode answer) {
    var problem = answer.path("problem");
    if (problem.isObject()) {
      var words = new Problem(problem.path("line").asInt(), problem.path("message").asText());
      return descriptor(file, JsonNodeFactory.instance.objectNode(), "", List.of(), true, words);
    }
    var actions = new ArrayList<ActionDescriptor>();
    answer
        .path("actions")
        .forEach(action -> actions.add(json.convertValue(action, ActionDescriptor.class)));
    return descriptor(file, answer, answer.path("description").asText(""), actions, true, null);
  }

  private static PluginDescriptor jarDescriptor(PluginFile file) {
    try {
      var said = JarReader.read(file);
      var description = said.about().path("description").asText("");
      return descriptor(file, said.about(), description, said.actions(), true, null);
    } catch (JarReader.Broken broken) {
      var words = new Problem(0, String.valueOf(broken.getMessage()));
      return descriptor(file, JsonNodeFactory.instance.objectNode(), "", List.of(), true, words);
    }
  }

  private static PluginDescriptor scriptDescriptor(PluginFile file) {
    var action =
        new ActionDescriptor(
            "main",
            "",
            List.of(
                new ParameterDescriptor("*args", null, null, false),
                new ParameterDescriptor("**kwargs", null, null, false)));
    return descriptor(
        file,
        JsonNodeFactory.instance.objectNode(),
        firstComment(file),
        List.of(action),
        true,
        null);
  }

  private static PluginDescriptor unchecked(PluginFile file) {
    return descriptor(file, JsonNodeFactory.instance.objectNode(), "", List.of(), false, null);
  }

  private static PluginDescriptor descriptor(
      PluginFile file,
      JsonNode said,
      String description,
      List<ActionDescriptor> actions,
      boolean checked,
      @Nullable Problem problem) {
    var sha256 = file.sha256();
    return new PluginDescriptor(
        file.name(),
        said.path("title").asText(file.name()),
        said.path("version").asText(sha256.substring(0, SHORT_HASH)),
        sha256,
        file.language(),
        description,
        actions,
        checked,
        problem);
  }

  /** A script's first block of comment lines, which says what it is for. */
  private static String firstComment(PluginFile file) {
    return new String(file.content(), StandardCharsets.UTF_8)
        .lines()
        .limit(40)
        .dropWhile(line -> line.startsWith("#!") || line.isBlank())
        .takeWhile(line -> line.startsWith("#"))
        .map(line -> line.substring(1).strip())
        .collect(Collectors.joining("\n"))
        .strip();
  }
}

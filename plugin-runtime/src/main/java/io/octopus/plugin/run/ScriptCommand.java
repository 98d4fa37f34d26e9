package io.octopus.plugin.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How a script is started: the program and its arguments, one by one, and the variables.
 *
 * <p>Arguments are never joined into a line that a shell reads. Windows' cmd.exe reads its line as
 * a shell whatever one does, so there an argument with characters that mean something to it is
 * refused.
 */
record ScriptCommand(List<String> line, Map<String, String> variables) {

  private static final boolean WINDOWS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
  private static final Pattern SPECIAL_TO_CMD = Pattern.compile("[\"%!^&|<>()\\r\\n]");

  /** Throws IllegalArgumentException for arguments that cannot be given to a process. */
  static ScriptCommand of(ActionRequest request, ObjectMapper json) throws IOException {
    var line = new ArrayList<>(programOf(request.file()));
    boolean readByCmd = line.get(0).equals("cmd.exe");
    for (var arg : parse(json, request.argsJson(), "args", JsonNode::isArray)) {
      line.add(checked(text(arg), readByCmd));
    }
    var variables = new TreeMap<String, String>();
    variables.put("OCTOPUS_ACTION", checked(request.action(), false));
    parse(json, request.kwargsJson(), "kwargs", JsonNode::isObject)
        .properties()
        .forEach(
            kwarg ->
                variables.put(
                    "OCTOPUS_ARG_"
                        + kwarg.getKey().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_"),
                    checked(text(kwarg.getValue()), false)));
    return new ScriptCommand(List.copyOf(line), variables);
  }

  private static List<String> programOf(Path file) throws IOException {
    var path = file.toAbsolutePath().toString();
    var name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".ps1")) {
      return List.of(
          WINDOWS ? "powershell.exe" : "pwsh",
          "-NoProfile",
          "-NonInteractive",
          "-ExecutionPolicy",
          "Bypass",
          "-File",
          path);
    }
    if (name.endsWith(".cmd") || name.endsWith(".bat")) {
      return List.of("cmd.exe", "/d", "/c", path);
    }
    var interpreter = shebangOf(file);
    if (name.endsWith(".sh")) {
      interpreter = interpreter.isEmpty() || WINDOWS ? List.of("sh") : interpreter;
    }
    if (!interpreter.isEmpty()) {
      var line = new ArrayList<>(interpreter);
      line.add(path);
      return line;
    }
    if (!Files.isExecutable(file) && !file.toFile().setExecutable(true)) {
      throw new IOException(path + " is not executable");
    }
    return List.of(path);
  }

  /** The interpreter that a script's first line names; a cached file has lost its x bit. */
  private static List<String> shebangOf(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var first = new String(in.readNBytes(256), StandardCharsets.UTF_8).lines().findFirst();
      return first
          .filter(line -> line.startsWith("#!"))
          .map(line -> List.of(line.substring(2).strip().split("\\s+", 2)))
          .filter(parts -> !parts.get(0).isEmpty())
          .orElse(List.of());
    }
  }

  private static JsonNode parse(
      ObjectMapper json, String text, String name, Predicate<JsonNode> shape) {
    try {
      var node = json.readTree(text);
      if (shape.test(node)) {
        return node;
      }
    } catch (JsonProcessingException noJson) {
      throw new IllegalArgumentException(name + " is not JSON: " + noJson.getOriginalMessage());
    }
    throw new IllegalArgumentException(name + " has the wrong JSON type: " + text);
  }

  private static String text(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue();
    }
    return value.isNull() ? "" : value.toString();
  }

  private static String checked(String value, boolean readByCmd) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("an argument holds a zero character");
    }
    if (readByCmd && SPECIAL_TO_CMD.matcher(value).find()) {
      throw new IllegalArgumentException("cmd.exe cannot be given this argument safely: " + value);
    }
    return value;
  }
}

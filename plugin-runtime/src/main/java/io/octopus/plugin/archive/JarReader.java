package io.octopus.plugin.archive;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.octopus.plugin.archive.ClassFacts.MethodFacts;
import io.octopus.plugin.archive.ClassFacts.ParameterFacts;
import io.octopus.plugin.host.DefaultText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;

/**
 * Reads what a Java plugin says about itself from the annotations in its class files; nothing of it
 * is loaded or run.
 */
final class JarReader {

  private static final String SERVICE = "META-INF/services/io.octopus.plugin.api.Plugin";
  private static final String CONTEXT = "Lio/octopus/plugin/api/ActionContext;";
  private static final String OPTIONAL = "Ljava/util/Optional;";
  private static final String TEXT = "Ljava/lang/String;";
  private static final int LARGEST_ENTRY = 8 << 20;

  /** What was said: title, version and description where there are any, and the actions. */
  record Said(ObjectNode about, List<ActionDescriptor> actions) {}

  /** Why a jar is no plugin. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    Broken(String message) {
      super(message);
    }
  }

  private JarReader() {}

  static Said read(PluginFile file) throws Broken {
    try {
      // A jar's table of contents is at its end: it takes a file to read one as a JVM will.
      var copy = Files.createTempFile("octopus-read", ".jar");
      try {
        Files.write(copy, file.content());
        try (var jar = new ZipFile(copy.toFile())) {
          return read(jar);
        }
      } finally {
        Files.deleteIfExists(copy);
      }
    } catch (IOException problem) {
      throw new Broken("not a readable jar: " + problem.getMessage());
    }
  }

  private static Said read(ZipFile jar) throws IOException, Broken {
    var name = pluginClassOf(jar);
    var plugin = factsOf(jar, name).orElseThrow(() -> new Broken("the jar has no class " + name));
    plugin.mustBeUsable();
    var actions = new LinkedHashMap<String, ActionDescriptor>();
    var names = new HashSet<String>();
    for (Optional<ClassFacts> type = Optional.of(plugin);
        type.isPresent();
        type = factsOf(jar, type.get().superName())) {
      if (!names.add(type.get().superName())) {
        throw new Broken(name + " is a superclass of itself");
      }
      for (var method : type.get().actions()) {
        actions.putIfAbsent(method.action(), descriptor(method));
      }
    }
    if (actions.isEmpty()) {
      throw new Broken(name + " has no public method with @Action");
    }
    return new Said(aboutOf(plugin), List.copyOf(actions.values()));
  }

  private static String pluginClassOf(ZipFile jar) throws IOException, Broken {
    var names =
        new String(
                entry(jar, SERVICE).orElseThrow(() -> new Broken("the jar has no " + SERVICE)),
                StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .distinct()
            .toList();
    if (names.size() != 1) {
      throw new Broken(SERVICE + " names " + names.size() + " classes; it must name one");
    }
    return names.get(0);
  }

  private static Optional<ClassFacts> factsOf(ZipFile jar, String className)
      throws IOException, Broken {
    var content = entry(jar, className.replace('.', '/') + ".class");
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try {
      var facts = new ClassFacts();
      new ClassReader(content.get()).accept(facts, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
      return Optional.of(facts);
    } catch (RuntimeException unreadable) {
      throw new Broken("class " + className + " cannot be read: " + unreadable.getMessage());
    }
  }

  private static Optional<byte[]> entry(ZipFile jar, String name) throws IOException, Broken {
    var entry = jar.getEntry(name);
    if (entry == null) {
      return Optional.empty();
    }
    try (var in = jar.getInputStream(entry)) {
      var content = in.readNBytes(LARGEST_ENTRY + 1);
      if (content.length > LARGEST_ENTRY) {
        throw new Broken(name + " has more than " + LARGEST_ENTRY + " bytes");
      }
      return Optional.of(content);
    }
  }

  private static ObjectNode aboutOf(ClassFacts plugin) {
    var about = JsonNodeFactory.instance.objectNode();
    Map.of("name", "title", "version", "version", "description", "description")
        .forEach(
            (said, field) -> {
              var text = plugin.about().getOrDefault(said, "");
              if (!text.isBlank()) {
                about.put(field, text);
              }
            });
    return about;
  }

  private static ActionDescriptor descriptor(MethodFacts method) {
    var parameters =
        method.parameters().stream()
            .filter(parameter -> !parameter.type().getDescriptor().equals(CONTEXT))
            .map(JarReader::descriptor)
            .toList();
    return new ActionDescriptor(method.action(), method.description(), parameters);
  }

  private static ParameterDescriptor descriptor(ParameterFacts parameter) {
    var type = parameter.type();
    if (parameter.isRest()) {
      return new ParameterDescriptor(
          "*" + parameter.name(), simpleName(type.getElementType()), null, false);
    }
    boolean optional = type.getDescriptor().equals(OPTIONAL);
    var text = parameter.defaultText();
    var defaultJson =
        text == null
            ? (optional ? "null" : null)
            : DefaultText.read(text, type.getDescriptor().equals(TEXT)).toString();
    return new ParameterDescriptor(
        parameter.name(), simpleName(type), defaultJson, defaultJson == null);
  }

  private static String simpleName(Type type) {
    var name = type.getClassName();
    return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
  }
}

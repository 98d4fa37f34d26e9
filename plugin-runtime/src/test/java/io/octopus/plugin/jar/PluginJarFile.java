package io.octopus.plugin.jar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes a plugin's jar of sources, with nothing but the JDK and the plugin API. */
public final class PluginJarFile {

  public static final String SERVICE = "META-INF/services/io.octopus.plugin.api.Plugin";
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern TYPE =
      Pattern.compile("(?m)^public (?:final |abstract )*(?:class|record|interface|enum) (\\w+)");

  private PluginJarFile() {}

  /** Writes a jar whose plugin is the first of the sources. */
  public static Path write(Path jar, String... sources) throws IOException {
    var classes = compile(List.of(sources));
    var entries = new LinkedHashMap<String, byte[]>();
    entries.put(SERVICE, (nameOf(sources[0]) + "\n").getBytes(UTF_8));
    classes.forEach((name, content) -> entries.put(name.replace('.', '/') + ".class", content));
    return pack(jar, entries);
  }

  /** Writes a jar with these entries and nothing else. */
  public static Path pack(Path jar, Map<String, byte[]> entries) throws IOException {
    try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return jar;
  }

  /** The class files of sources, by the names of the classes. */
  public static Map<String, byte[]> compile(List<String> sources) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    try (var usual = compiler.getStandardFileManager(null, null, UTF_8);
        var memory = new InMemory(usual)) {
      var options =
          List.of("-parameters", "-proc:none", "-cp", System.getProperty("java.class.path"));
      boolean done =
          compiler
              .getTask(
                  messages, memory, null, options, null, sources.stream().map(Source::new).toList())
              .call();
      if (!done) {
        throw new IllegalArgumentException("The plugin does not compile:\n" + messages);
      }
      var classes = new TreeMap<String, byte[]>();
      memory.classes.forEach((name, content) -> classes.put(name, content.toByteArray()));
      return classes;
    }
  }

  private static String nameOf(String source) {
    var type = TYPE.matcher(source);
    if (!type.find()) {
      throw new IllegalArgumentException("no public type at the start of a line:\n" + source);
    }
    var folder = PACKAGE.matcher(source);
    return folder.find() ? folder.group(1) + "." + type.group(1) : type.group(1);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String code;

    Source(String code) {
      super(
          URI.create("memory:///" + nameOf(code).replace('.', '/') + Kind.SOURCE.extension),
          Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();

    InMemory(JavaFileManager usual) {
      super(usual);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(
          URI.create("memory:///" + className.replace('.', '/') + kind.extension), kind) {
        @Override
        public OutputStream openOutputStream() {
          return classes.computeIfAbsent(className, first -> new ByteArrayOutputStream());
        }
      };
    }
  }
}

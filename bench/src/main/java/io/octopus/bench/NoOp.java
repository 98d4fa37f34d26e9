package io.octopus.bench;

import io.octopus.plugin.api.Plugin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Plugins that do nothing but say when they were started, in microseconds since 1970. */
final class NoOp {

  static final String PYTHON = "noop_python";
  static final String JAVA = "noop_java";

  private static final String PYTHON_SOURCE =
      """
      import time

      def main():
          return {"started": time.time_ns() // 1000}
      """;

  private NoOp() {}

  static void python(Path folder) throws IOException {
    Files.writeString(folder.resolve(PYTHON + ".py"), PYTHON_SOURCE);
  }

  static void java(Path folder) throws IOException {
    var type = NoOpPlugin.class;
    var place = type.getName().replace('.', '/') + ".class";
    try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve(JAVA + ".jar")));
        var code = type.getClassLoader().getResourceAsStream(place)) {
      jar.putNextEntry(new JarEntry(place));
      Objects.requireNonNull(code, place).transferTo(jar);
      jar.putNextEntry(new JarEntry("META-INF/services/" + Plugin.class.getName()));
      jar.write(type.getName().getBytes(StandardCharsets.UTF_8));
    }
  }
}

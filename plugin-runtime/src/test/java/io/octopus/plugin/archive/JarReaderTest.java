package io.octopus.plugin.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.plugin.jar.PluginJarFile;
import io.octopus.plugin.python.PythonInterpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** What a jar says of itself is read from its class files, and none of them is loaded. */
class JarReaderTest {

  private static final String PLUGIN_INTERFACE = "io/octopus/plugin/api/Plugin";

  private static final String PLUGIN =
      """
      package samples;
      import io.octopus.plugin.api.*;
      @About(name = "Disk check", version = "2.1", description = "Says how full a disk is.")
      public class Disks extends Base implements Plugin {
        static { System.exit(99); }
        @Action(description = "Checks one disk.")
        public Object main(
            ActionContext context,
            String path,
            @Parameter(name = "limit", defaultValue = "90") double percent,
            @Parameter(defaultValue = "90") String text,
            java.util.Optional<Integer> depth,
            java.util.List<String> hosts,
            String... more) { return null; }
        @Action(name = "list") public void listAll() {}
        public void notAnAction() {}
      }
      class Base { @Action public void inherited() {} }
      """;

  @TempDir Path folder;
  private final PluginReader reader = new PluginReader(new PythonInterpreter(Path.of("no-python")));

  @Test
  void annotationsAreTheMetadata() throws Exception {
    var plugin = reader.read(PluginFile.read(jar("disks.jar", PLUGIN)));

    assertThat(plugin.isBroken()).isFalse();
    assertThat(plugin.checked()).isTrue();
    assertThat(plugin.name()).isEqualTo("disks");
    assertThat(plugin.title()).isEqualTo("Disk check");
    assertThat(plugin.version()).isEqualTo("2.1");
    assertThat(plugin.description()).isEqualTo("Says how full a disk is.");
    assertThat(plugin.language()).isEqualTo(Language.JAVA);
    assertThat(plugin.actions())
        .extracting(ActionDescriptor::name)
        .containsExactly("main", "list", "inherited");
    assertThat(plugin.actions().get(0).description()).isEqualTo("Checks one disk.");
    assertThat(plugin.actions().get(0).parameters())
        .containsExactly(
            new ParameterDescriptor("path", "String", null, true),
            new ParameterDescriptor("limit", "double", "90", false),
            new ParameterDescriptor("text", "String", "\"90\"", false),
            new ParameterDescriptor("depth", "Optional", "null", false),
            new ParameterDescriptor("hosts", "List", null, true),
            new ParameterDescriptor("*more", "String", null, false));
  }

  @Test
  void plainPluginHasItsHashAsVersion() throws Exception {
    var plugin =
        reader.read(
            PluginFile.read(
                jar(
                    "plain.jar",
                    """
                    public class Plain implements io.octopus.plugin.api.Plugin {
                      @io.octopus.plugin.api.Action public int run() { return 1; }
                    }
                    """)));

    assertThat(plugin.title()).isEqualTo("plain");
    assertThat(plugin.version()).hasSize(12).isEqualTo(plugin.sha256().substring(0, 12));
    assertThat(plugin.mayHave("main")).isTrue();
    assertThat(plugin.mayHave("other")).isFalse();
  }

  @Test
  void whatIsNoPluginIsSaidInWords() throws Exception {
    var service = PluginJarFile.SERVICE;

    assertThat(problemOf("no zip".getBytes(UTF_8))).startsWith("not a readable jar");
    assertThat(problemOf(Map.of("a.txt", new byte[0]))).isEqualTo("the jar has no " + service);
    assertThat(problemOf(Map.of(service, "a.B\nc.D # two\n".getBytes(UTF_8))))
        .contains("names 2 classes; it must name one");
    assertThat(problemOf(Map.of(service, "a.B\n".getBytes(UTF_8))))
        .isEqualTo("the jar has no class a.B");
    assertThat(
            problemOf(Map.of(service, "a.B\n".getBytes(UTF_8), "a/B.class", new byte[] {1, 2, 3})))
        .startsWith("class a.B cannot be read");
    assertThat(
            problemOf(Map.of(service, "a.B".getBytes(UTF_8), "a/B.class", new byte[(8 << 20) + 1])))
        .contains("more than 8388608 bytes");
  }

  @Test
  void classThatCannotBeUsedIsSaidInWords() throws Exception {
    assertThat(problemOf("public class P implements Plugin { }"))
        .isEqualTo("P has no public method with @Action");
    assertThat(
            problemOf(
                "public abstract class P implements Plugin { @Action public int a() { return 1; }"
                    + " }"))
        .isEqualTo("class P must be public and not abstract");
    assertThat(
            problemOf(
                "public class P implements Plugin { P(int a) {} @Action public int a() { return 1;"
                    + " } }"))
        .isEqualTo("class P must have a public constructor without parameters");
    assertThat(problemOf("public class P implements Plugin { @Action int a() { return 1; } }"))
        .isEqualTo("P.a has @Action, so it must be public");
  }

  @Test
  void aClassThatIsItsOwnSuperclassIsSaidInWords() throws Exception {
    var loop = new ClassWriter(0);
    loop.visit(
        Opcodes.V17, Opcodes.ACC_PUBLIC, "a/B", null, "a/B", new String[] {PLUGIN_INTERFACE});
    loop.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null).visitEnd();

    assertThat(
            problemOf(
                Map.of(
                    PluginJarFile.SERVICE, "a.B".getBytes(UTF_8), "a/B.class", loop.toByteArray())))
        .isEqualTo("a.B is a superclass of itself");
  }

  private String problemOf(String source) throws Exception {
    var file = jar("p.jar", "import io.octopus.plugin.api.*;\n" + source);
    return problemOf(Files.readAllBytes(file));
  }

  private String problemOf(Map<String, byte[]> entries) throws Exception {
    return problemOf(Files.readAllBytes(PluginJarFile.pack(folder.resolve("p.jar"), entries)));
  }

  private String problemOf(byte[] content) throws Exception {
    var plugin = reader.read(new PluginFile("p.jar", content));
    return Objects.requireNonNull(plugin.problem()).message();
  }

  private Path jar(String name, String source) throws IOException {
    return PluginJarFile.write(folder.resolve(name), source);
  }
}

package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.octopus.plugin.archive.PluginDescriptor;
import io.octopus.plugin.archive.PluginFile;
import io.octopus.plugin.archive.PluginReader;
import io.octopus.plugin.python.PythonInterpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The plugins that come with Octopus do what they say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SamplePluginsTest {

  private static final Path PLUGINS = Path.of("..", "plugins");
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Workbench bench;

  SamplePluginsTest() throws IOException {
    bench = new Workbench();
  }

  @AfterAll
  void close() throws IOException {
    bench.close();
  }

  @Test
  void everySampleCanBeReadAndSaysWhatItIs() throws Exception {
    var files = new ArrayList<PluginFile>();
    try (var folder = Files.newDirectoryStream(PLUGINS, "*.py")) {
      for (var file : folder) {
        files.add(PluginFile.read(file));
      }
    }

    var plugins = new PluginReader(new PythonInterpreter(Path.of("python3"))).readAll(files);

    assertThat(plugins)
        .extracting(PluginDescriptor::name)
        .contains(
            "hello",
            "create_incident",
            "system_info",
            "data_processing",
            "file_operations",
            "slow");
    assertThat(plugins)
        .allSatisfy(
            plugin -> {
              assertThat(plugin.isBroken()).isFalse();
              assertThat(plugin.version()).isEqualTo("1.0");
              assertThat(plugin.description()).isNotEmpty();
              assertThat(plugin.mayHave("main")).isTrue();
              assertThat(plugin.actions())
                  .allSatisfy(action -> assertThat(action.description()).isNotEmpty());
            });
  }

  @Test
  void helloGreets() throws IOException {
    var call = sample("hello").args("[\"Ada\"]");

    var outcome = call.completed();

    assertThat(outcome.message()).isEqualTo("Hello, Ada!");
    assertThat(json(outcome).path("client").asText()).isEqualTo("bench");
    assertThat(call.output.of(OutputSink.Stream.STDOUT)).isEqualTo("Hello, Ada!\n");
  }

  @Test
  void incidentOfTheQuickStartIsOpened() throws IOException {
    var result = json(sample("create_incident").args("[\"P1\", \"Database failed\"]").completed());

    assertThat(result.path("status").asText()).isEqualTo("success");
    assertThat(result.path("incident_id").asText()).matches("INC-[0-9A-F]{8}");
    assertThat(result.path("severity").asText()).isEqualTo("P1");
    assertThat(result.path("title").asText()).isEqualTo("Database failed");
  }

  @Test
  void incidentOfUnknownSeverityIsRefused() {
    var failed = sample("create_incident").args("[\"P9\", \"Database failed\"]").failed();

    assertThat(failed.reason()).isEqualTo(FailureReason.BAD_RESULT);
    assertThat(failed.error().message()).contains("P9");
  }

  @Test
  void systemInfoTellsAboutThisMachine() throws IOException {
    var result = json(sample("system_info").completed());

    assertThat(result.path("host").asText()).isNotEmpty();
    assertThat(result.path("cpus").asInt()).isPositive();
    assertThat(result.path("disk").path("total_bytes").asLong()).isPositive();
    assertThat(result.path("memory").path("total_bytes").asLong()).isPositive();
  }

  @Test
  void dataIsSummarisedAndGrouped() throws IOException {
    var summary = json(sample("data_processing").args("[[3, 1, 2.5]]").completed());
    var groups =
        json(
            sample("data_processing")
                .action("group")
                .kwargs(
                    "{\"records\": [{\"k\": \"a\", \"n\": 1}, {\"k\": \"a\", \"n\": 2}],"
                        + " \"by\": \"k\", \"field\": \"n\"}")
                .completed());

    assertThat(summary.path("median").asDouble()).isEqualTo(2.5);
    assertThat(groups.path("groups").path("a").path("sum").asInt()).isEqualTo(3);
  }

  @Test
  void filesAreWrittenReadAndDeleted(@TempDir Path folder) throws IOException {
    var file = folder.resolve("a/note.txt");
    var path = JSON.writeValueAsString(file.toString());

    sample("file_operations").action("write").args("[" + path + ", \"ünïcödé\"]").completed();
    var text = json(sample("file_operations").action("read").args("[" + path + "]").completed());
    sample("file_operations").action("delete").args("[" + path + "]").completed();

    assertThat(text.path("text").asText()).isEqualTo("ünïcödé");
    assertThat(file).doesNotExist();
  }

  @Test
  void slowReportsEveryStep() throws IOException {
    var call = sample("slow").kwargs("{\"seconds\": 0.2, \"steps\": 4}");

    call.completed();

    assertThat(call.output.progress)
        .extracting(CollectedOutput.Progress::fraction)
        .containsExactly(0.25, 0.5, 0.75, 1.0);
  }

  private Workbench.Call sample(String name) {
    return bench.call(PLUGINS.resolve(name + ".py"));
  }

  private static JsonNode json(ActionOutcome.Completed outcome) throws IOException {
    return JSON.readTree(outcome.resultJson());
  }
}

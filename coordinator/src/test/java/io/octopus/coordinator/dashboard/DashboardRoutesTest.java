package io.octopus.coordinator.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardRoutesTest {

  private static final ActorTestKit testKit = ActorTestKit.create();
  private static final HttpClient http = HttpClient.newHttpClient();
  private static ServerBinding server;

  @BeforeAll
  static void bind() throws Exception {
    server =
        Http.get(testKit.system())
            .newServerAt("127.0.0.1", 0)
            .bind(new DashboardRoutes().create())
            .toCompletableFuture()
            .get();
  }

  @AfterAll
  static void shutDown() {
    testKit.shutdownTestKit();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/ui", "/ui/", "/ui/executions", "/ui/tasks/t1", "/ui/clients/a.b"})
  void everyAddressOfThePagesAnswersWithThePage(String path) throws Exception {
    var answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=UTF-8");
    assertThat(text(answer)).contains("<octopus-app>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/tasks", "/uix", "/assets/app/none.js", "/assets/../application.conf"})
  void whatIsNotTheDashboardIsLeftToOthers(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/assets/app/main.js, application/javascript; charset=UTF-8",
    "/assets/css/shell.css, text/css; charset=UTF-8",
    "/assets/favicon.svg, image/svg+xml",
    "/assets/vendor/tabler/tabler.min.css, text/css; charset=UTF-8"
  })
  void filesHaveTheTypeThatNosniffDemands(String path, String type) throws Exception {
    var answer = get(path);

    assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void onlyScriptsFromHereAndTheImportMapMayRun() throws Exception {
    var answer = get("/");

    var policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
    var hash = MessageDigest.getInstance("SHA-256").digest(importMap(answer).getBytes(UTF_8));
    assertThat(policy)
        .contains("default-src 'self'")
        .contains("script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
  }

  @Test
  void thePageBringsNoOtherInlineScriptAndNoInlineStyle() throws Exception {
    var page = text(get("/"));

    assertThat(Pattern.compile("<script(?![^>]*(src=|importmap))").matcher(page).find()).isFalse();
    assertThat(page).doesNotContain("<style").doesNotContain("style=");
  }

  @Test
  void everyFileThatThePageNamesExists() throws Exception {
    var page = get("/");
    var named = new ArrayList<String>();
    new ObjectMapper()
        .readTree(importMap(page))
        .path("imports")
        .elements()
        .forEachRemaining(address -> named.add(address.asText()));
    var linked = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"").matcher(text(page));
    while (linked.find()) {
      named.add(linked.group(1));
    }

    assertThat(named).hasSizeGreaterThan(8);
    for (var address : named) {
      if (!address.endsWith("/")) {
        assertThat(get(address).statusCode()).as(address).isEqualTo(200);
      }
    }
  }

  @Test
  void everyModuleThatAModuleImportsExists() throws Exception {
    var seen = new ArrayList<>(List.of("/assets/app/main.js", "/assets/app/live/shared-worker.js"));
    for (int i = 0; i < seen.size(); i++) {
      var address = seen.get(i);
      var answer = get(address);
      assertThat(answer.statusCode()).as(address).isEqualTo(200);
      var imports = Pattern.compile("(?:from|import) '(\\.[^']+)'").matcher(text(answer));
      while (imports.find()) {
        var imported = URI.create(address).resolve(imports.group(1)).getPath();
        if (!seen.contains(imported)) {
          seen.add(imported);
        }
      }
    }

    assertThat(seen).hasSizeGreaterThan(20);
  }

  @Test
  void whatTheBrowserHasAlreadyIsNotSentAgain() throws Exception {
    var first = get("/assets/css/shell.css");
    var tag = first.headers().firstValue("ETag").orElseThrow();

    var second = get("/assets/css/shell.css", "If-None-Match", tag);

    assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
  }

  @Test
  void filesAreZippedForWhoeverTakesThat() throws Exception {
    var path = "/assets/vendor/tabler/tabler.min.css";
    var plain = get(path);

    var zipped = get(path, "Accept-Encoding", "gzip");

    assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(zipped.body().length).isLessThan(plain.body().length / 4);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
        .isEqualTo(plain.body());
  }

  private static HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    var address = "http://127.0.0.1:" + server.localAddress().getPort() + path;
    var request = HttpRequest.newBuilder(URI.create(address));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }

  private static String importMap(HttpResponse<byte[]> page) {
    var map = Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    var found = map.matcher(text(page));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}

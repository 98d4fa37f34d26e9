package io.octopus.coordinator.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.coordinator.http.ContractClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser might send for a foreign page is refused, and answers give nothing away. */
class BrowserSafetyTest {
  private static final ApiServer SERVER = new ApiServer();
  private static final ContractClient API = SERVER.client();
  private static final String BODY = "{\"owner\":\"ALL\",\"plugin\":\"hello\"}";

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @BeforeEach
  void anew() {
    SERVER.tasks.reset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1:8000", "[::1]:8000", "OCTOPUS.example:443"})
  void ourOwnNamesAreServed(String host) throws IOException {
    assertThat(raw("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80"})
  void anotherNameThatResolvesToUsIsNotServed(String host) throws IOException {
    String answer = raw("GET /tasks HTTP/1.1\r\nHost: " + host + "\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 421")
        .contains("application/problem+json")
        .contains("evil.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1:1", "http://localhost"})
  void anotherSitesOriginIsRefused(String origin) {
    Answer answer =
        API.wrong("POST", "/tasks", BODY, "Content-Type", "application/json", "Origin", origin);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
    assertThat(API.wrong("GET", "/tasks", "", "Origin", origin).status()).isEqualTo(403);
    assertThat(SERVER.tasks.asked).isEmpty();
  }

  @Test
  void ourOwnOriginIsServed() {
    String origin = "http://127.0.0.1:" + SERVER.port();

    assertThat(API.wrong("GET", "/tasks", "", "Origin", origin).status()).isEqualTo(200);
  }

  @Test
  void aChangeThatTheBrowserCallsCrossSiteIsRefused() {
    assertThat(API.wrong("POST", "/tasks/t1/run", "", "Sec-Fetch-Site", "cross-site").status())
        .isEqualTo(403);
    assertThat(API.wrong("GET", "/tasks", "", "Sec-Fetch-Site", "cross-site").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x"
      })
  void aFormsBodyIsRefused(String type) {
    assertThat(API.wrong("POST", "/tasks", BODY, "Content-Type", type).status()).isEqualTo(415);
    assertThat(API.wrong("POST", "/tasks/t1/run", BODY, "Content-Type", type).status())
        .isEqualTo(415);
    assertThat(API.wrong("POST", "/tasks", BODY).status()).isEqualTo(415);
    assertThat(SERVER.tasks.asked).isEmpty();
  }

  @Test
  void everyAnswerForbidsGuessingAndFraming() {
    for (Answer answer :
        new Answer[] {
          API.get("/tasks"), API.unchecked("GET", "/nothing"), API.delete("/tasks/t9")
        }) {
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
      assertThat(answer.header("X-Request-Id")).isNotEmpty();
      assertThat(answer.header("Server")).isEqualTo("octopus");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH, /tasks, 'POST, GET, HEAD, OPTIONS'",
    "POST, /tasks/t1, 'GET, PUT, DELETE, HEAD, OPTIONS'",
    "DELETE, /runs/t1-1/cancel, 'POST, OPTIONS'"
  })
  void aWrongMethodIsToldTheRightOnes(String method, String path, String allowed) {
    Answer answer = API.unchecked(method, path);

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo(allowed);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(API.unchecked("OPTIONS", path).status()).isEqualTo(204);
    assertThat(API.unchecked("OPTIONS", path).header("Allow")).isEqualTo(allowed);
  }

  @Test
  void headIsGetWithoutItsBody() {
    Answer answer = API.unchecked("HEAD", "/tasks/t1");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("ETag")).isEqualTo("\"3\"");
  }

  @Test
  void errorsAreProblemsWhateverIsAccepted() {
    Answer answer = API.wrong("GET", "/tasks/t9", "", "Accept", "text/html");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void whatIsNoHttpAtAllIsAnsweredAsAProblem() throws IOException {
    assertThat(raw("GET /ta%zz HTTP/1.1\r\nHost: localhost\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json");
  }

  private static String raw(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), SERVER.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}

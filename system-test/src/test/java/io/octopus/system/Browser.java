package io.octopus.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * A real browser for the tests of a class; every test has windows of its own, in which nothing
 * moves or fades: what is measured is what is there.
 *
 * <p>After each test nothing may have been said on a window's console as an error, and nothing may
 * have been asked of any other host. After a failure there are pictures. Without a browser the
 * class is skipped; on a build server (CI=true) that is a failure.
 */
final class Browser
    implements BeforeAllCallback,
        AfterEachCallback,
        AfterAllCallback,
        TestExecutionExceptionHandler {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Cluster cluster;
  private final List<BrowserContext> windows = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();
  private @Nullable Playwright playwright;
  private com.microsoft.playwright.@Nullable Browser browser;

  private Browser(Cluster cluster) {
    this.cluster = cluster;
  }

  static Browser on(Cluster cluster) {
    return new Browser(cluster);
  }

  /** Opens an address of the dashboard in a window of a desktop, in light. */
  Page open(String path) {
    return open(path, 1440, ColorScheme.LIGHT);
  }

  Page open(String path, int width, ColorScheme theme) {
    var context =
        Objects.requireNonNull(browser)
            .newContext(
                new com.microsoft.playwright.Browser.NewContextOptions()
                    .setBaseURL("http://127.0.0.1:" + cluster.port())
                    .setViewportSize(width, 900)
                    .setColorScheme(theme)
                    .setReducedMotion(ReducedMotion.REDUCE));
    windows.add(context);
    context.setDefaultTimeout((double) Patience.stretched(Duration.ofSeconds(15)).toMillis());
    var page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(
        request -> {
          if (!request.url().startsWith("http://127.0.0.1:" + cluster.port() + "/")) {
            complaints.add("asked another host: " + request.url());
          }
        });
    page.navigate(path);
    return page;
  }

  /** A complaint with this text is what the test is about. */
  void expect(String text) {
    expected.add(text);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    var program = program();
    if (program.isEmpty()) {
      assertThat(System.getenv("CI")).as("CI without a Chromium: %s", NAMES).isNotEqualTo("true");
      assumeTrue(false, "no Chromium on the path, so the dashboard is not tested: " + NAMES);
    }
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program.get())
                    .setChromiumSandbox(false)
                    .setTimeout((double) Patience.stretched(Duration.ofSeconds(60)).toMillis())
                    .setArgs(FLAGS));
  }

  private static Optional<Path> program() {
    var folders = Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1);
    return NAMES.stream()
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    windows.forEach(BrowserContext::close);
    windows.clear();
    var unexpected =
        complaints.stream()
            .filter(complaint -> expected.stream().noneMatch(complaint::contains))
            .toList();
    complaints.clear();
    expected.clear();
    assertThat(unexpected).as("what the browser complained of").isEmpty();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (playwright != null) {
      playwright.close();
    }
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    int number = 0;
    for (var window : windows) {
      for (var page : window.pages()) {
        var name = context.getRequiredTestMethod().getName() + "-" + ++number + ".png";
        page.screenshot(
            new Page.ScreenshotOptions().setPath(cluster.folder().resolve("pictures/" + name)));
      }
    }
    throw failure;
  }
}

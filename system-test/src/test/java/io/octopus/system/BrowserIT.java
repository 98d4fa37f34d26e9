package io.octopus.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The dashboard as its users see it: a real browser on the packaged product. */
@Tag("slow")
class BrowserIT {
  @RegisterExtension static final Cluster cluster = Cluster.fresh();
  @RegisterExtension static final Browser browser = Browser.on(cluster);

  private static final Duration SOON = Duration.ofSeconds(30);

  @BeforeAll
  static void startNodes() {
    PlaywrightAssertions.setDefaultAssertionTimeout((double) Patience.stretched(SOON).toMillis());
    cluster.coordinator();
    cluster.worker("alpha", "--slots", "4", "--label", "zone=eu");
  }

  @Test
  void aTaskMadeInTheFormCompletesAndShowsItsResultWithoutAReload() {
    var page = browser.open("/");
    markAsNotReloaded(page);

    link(page, "New task").click();
    page.getByLabel("Plugin").selectOption("create_incident");
    page.getByLabel("severity").fill("P1");
    page.getByLabel("title").fill("Printer <b>on fire</b>");
    button(page, "Create and run").click();

    assertThat(heading(page, "create_incident.main")).containsText("Completed");
    assertThat(heading(page, "Latest result")).isVisible();
    assertThat(page.locator("octopus-json").first()).containsText("Printer <b>on fire</b>");
    link(page, "Tasks").click();
    assertThat(rowOf(page, "create_incident.main").first()).containsText("Completed");
    assertNotReloaded(page);
  }

  @Test
  void theFormSaysAtEachFieldWhatIsMissing() {
    var page = browser.open("/ui/new");

    button(page, "Create and run").click();
    assertThat(page.locator("#plugin-error")).hasText("Choose what to run.");
    page.getByLabel("Plugin").selectOption("create_incident");
    button(page, "Create and run").click();

    assertThat(page.getByLabel("severity")).hasAttribute("aria-invalid", "true");
    assertThat(page.getByLabel("severity")).isFocused();
    assertThat(page.getByText("This is needed.")).hasCount(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a:str b?:int        | a=x b=2      | ['x'] {'b':2}",
        "a:str b?:int *c **d | a=x *c=[7]   | ['x',null,7] {}",
        "a:str **d           | a=x **d={'z':true} | ['x'] {'z':true}",
        "a:list[int] b:bool  | a=[1] b=true | [[1],true] {}",
        "a b                 | a=7 b=seven  | [7,'seven'] {}"
      })
  void whatIsTypedBecomesTheArgumentsOfAnAction(String signature, String typed, String arguments) {
    var page = browser.open("/");

    var read =
        page.evaluate(
            """
            async ([signature, typed]) => {
              const { readFields } = await import('/assets/app/arguments.js');
              const parameters = signature.trim().split(/ +/).map((text) => {
                const [name, type] = text.split(':');
                const optional = name.endsWith('?');
                return { name: name.replace('?', ''), type, required: !optional,
                    ...(optional ? { default: null } : {}) };
              });
              const texts = Object.fromEntries(typed.trim().split(/ +/).map((t) => t.split('=')));
              const { args, kwargs, errors } = readFields(parameters, texts);
              return Object.keys(errors).length ? JSON.stringify(errors)
                  : `${JSON.stringify(args)} ${JSON.stringify(kwargs)}`;
            }
            """,
            List.of(signature, typed.replace('\'', '"')));

    assertThat(read).isEqualTo(arguments.replace('\'', '"'));
  }

  @Test
  void whatTheServerRefusesIsSaidAtItsField() {
    browser.expect("400 (Bad Request)");
    var page = browser.open("/ui/new?plugin=hello");

    page.getByLabel("Time limit").fill("soon");
    button(page, "Create and run").click();

    assertThat(page.locator("#timeout-error")).isVisible();
    assertThat(page.getByText("The task was not created.")).isVisible();
  }

  @Test
  void anExecutionShowsItsProgressAndItsLogWhileItRuns() {
    var task = cluster.api().create(TaskRequest.of("slow").args(6, 6).by("Anyone"));
    var page = browser.open("/ui/tasks/" + task.id());
    markAsNotReloaded(page);

    page.locator(".executions tbody a").first().click();

    assertThat(page.locator(".log-box")).containsText("step 2 of 6");
    assertThat(heading(page, "slow.main")).containsText("Running");
    assertThat(heading(page, "slow.main")).containsText("Completed");
    assertThat(page.locator(".log-box")).containsText("step 6 of 6");
    assertThat(heading(page, "Result")).isVisible();
    assertNotReloaded(page);
  }

  @Test
  void aFailureShowsItsErrorAndItsTraceback() {
    var task =
        cluster
            .api()
            .create(TaskRequest.of("trouble").action("throws").by("Anyone").with("retry", once()));
    var failed = cluster.awaitExecution(task, "Failed", SOON);

    var page = browser.open("/ui/executions/" + failed.id());

    assertThat(heading(page, "What went wrong")).isVisible();
    assertThat(page.getByText("ValueError:").first()).isVisible();
    assertThat(page.locator(".traceback")).containsText("not made of cheese");
  }

  @Test
  void filtersAreInTheAddress() {
    cluster.awaitTask(
        cluster.api().create(TaskRequest.of("hello").with("name", "greeting").by("Anyone")),
        "Completed",
        SOON);
    var page = browser.open("/");

    page.getByPlaceholder("Filter by name or id").fill("greeting");
    assertThat(page).hasURL(Pattern.compile("\\?q=greeting"));
    assertThat(page.locator("tbody tr")).hasCount(1);
    page.reload();
    assertThat(page.locator("tbody tr")).hasCount(1);

    page.navigate("/ui/executions?status=Failed&client=nobody");
    assertThat(page.getByText("No execution fits these filters")).isVisible();
    button(page, "Clear the filters").click();
    assertThat(page.getByRole(AriaRole.TABLE).locator("tbody tr").first()).isVisible();
  }

  @Test
  void theKeyboardStaysWhereItIsWhileRowsCome() {
    var task = cluster.api().create(TaskRequest.of("hello").with("name", "held").by("Anyone"));
    cluster.awaitTask(task, "Completed", SOON);
    var page = browser.open("/");
    var run = button(page, "Run now: held");
    run.focus();

    cluster.api().create(TaskRequest.of("hello").with("name", "newcomer").by("Anyone"));

    assertThat(rowOf(page, "newcomer")).containsText("Completed");
    assertThat(run).isFocused();
  }

  @Test
  void aTaskIsRunAgainAndDeletedFromTheList() {
    var task = cluster.api().create(TaskRequest.of("hello").with("name", "passing").by("Anyone"));
    cluster.awaitTask(task, "Completed", SOON);
    var page = browser.open("/");

    button(page, "Run now: passing").click();
    assertThat(page.getByText("passing was started")).isVisible();
    Patience.within(SOON).until(() -> cluster.api().executions(task.id()).size() == 2);
    cluster.awaitTask(task, "Completed", SOON);
    button(page, "Delete passing").click();
    button(page, "Delete the task").click();

    assertThat(rowOf(page, "passing")).hasCount(0);
    assertThat(cluster.api().get("/tasks/" + task.id()).status()).isEqualTo(404);
  }

  @Test
  void clientsComeAndGoUnderTheEyes() {
    var page = browser.open("/ui/clients");
    markAsNotReloaded(page);
    assertThat(tile(page, "alpha")).containsText("Online");
    assertThat(tile(page, "alpha")).containsText("zone=eu");

    var visitor = cluster.worker("visitor");
    assertThat(tile(page, "visitor")).containsText("Online");
    visitor.interrupt();

    assertThat(tile(page, "visitor")).containsText("Offline");
    assertNotReloaded(page);
  }

  @Test
  void aClientsPageSaysWhatItsPluginsAreHeldTo() {
    var page = browser.open("/ui/clients/alpha");

    var limits = page.locator("section[aria-labelledby=limits-title]");
    assertThat(limits).containsText("Memory limit");
    assertThat(limits).containsText("Process tree");
  }

  @Test
  void thePageSaysWhenTheServerIsGoneAndComesBackByItself() {
    browser.expect("ERR_CONNECTION_REFUSED");
    browser.expect("ERR_INCOMPLETE_CHUNKED_ENCODING");
    browser.expect("ERR_EMPTY_RESPONSE");
    browser.expect("ERR_CONNECTION_RESET");
    browser.expect("503 (Service Unavailable)");
    cluster.api().create(TaskRequest.of("hello").by("Anyone"));
    var page = browser.open("/");
    var badge = page.locator("octopus-live-badge");
    assertThat(badge).hasText("Live");

    cluster.killCoordinator();
    assertThat(badge).hasText(Pattern.compile("Reconnecting…|Stale since .*"));
    cluster.coordinator();

    assertThat(badge).hasText("Live");
    assertThat(page.locator("tbody tr").first()).isVisible();
    cluster.awaitClient("alpha", "Online", Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void everyPageIsAccessible(ColorScheme theme) {
    var page = browser.open("/", 1440, theme);
    for (var path : pages()) {
      page.navigate(path);
      assertThat(page.locator("octopus-live-badge")).hasText("Live");
      assertThat(page.locator("main [aria-busy=true]")).hasCount(0);

      assertThat(new AxeBuilder(page).analyze().getViolations()).as(path).isEmpty();
    }
  }

  @Test
  void noPageIsWiderThanAPhone() {
    var page = browser.open("/", 390, ColorScheme.LIGHT);
    for (var path : pages()) {
      page.navigate(path);
      assertThat(page.locator("octopus-live-badge")).hasText("Live");
      assertThat(page.locator("main [aria-busy=true]")).hasCount(0);

      var excess =
          page.evaluate(
              "document.documentElement.scrollWidth - document.documentElement.clientWidth");
      assertThat(excess).as(path).isEqualTo(0);
    }
  }

  private static List<String> pages() {
    var task = cluster.api().create(TaskRequest.of("hello").by("ALL"));
    cluster.awaitTask(task, "Completed", SOON);
    var execution = cluster.api().executions(task.id()).get(0);
    return List.of(
        "/",
        "/ui/tasks/" + task.id(),
        "/ui/executions",
        "/ui/executions/" + execution.id(),
        "/ui/clients",
        "/ui/clients/alpha",
        "/ui/plugins",
        "/ui/new?plugin=create_incident");
  }

  private static Map<String, Integer> once() {
    return Map.of("max_attempts", 1);
  }

  private static void markAsNotReloaded(Page page) {
    page.evaluate("window.notReloaded = true");
  }

  private static void assertNotReloaded(Page page) {
    assertThat(page.evaluate("window.notReloaded === true")).as("not reloaded").isEqualTo(true);
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(name).setExact(true))
        .first();
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator heading(Page page, String name) {
    return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(name)).first();
  }

  private static Locator rowOf(Page page, String task) {
    return page.locator("tbody tr", new Page.LocatorOptions().setHasText(task));
  }

  private static Locator tile(Page page, String client) {
    return page.locator(".client", new Page.LocatorOptions().setHasText(client));
  }
}

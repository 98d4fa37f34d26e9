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
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Schedules in the dashboard: made, previewed, changed, paused. */
@Tag("slow")
class ScheduleBrowserIT {
  @RegisterExtension static final Cluster cluster = Cluster.fresh();
  @RegisterExtension static final Browser browser = Browser.on(cluster);

  private static final Duration SOON = Duration.ofSeconds(30);

  @BeforeAll
  static void startNodes() {
    PlaywrightAssertions.setDefaultAssertionTimeout((double) Patience.stretched(SOON).toMillis());
    cluster.coordinator();
    cluster.worker("alpha", "--slots", "4");
  }

  @Test
  void aCronTaskIsPreviewedMadePausedAndResumed() {
    var page = browser.open("/ui/new?plugin=hello");
    page.getByRole(AriaRole.RADIO, new GetByRoleOptions().setName("Scheduled")).check();
    field(page, "Time zone").selectOption("Europe/Berlin");
    field(page, "Usual ones").selectOption("0 9 * * MON-FRI");

    assertThat(page.locator("octopus-preview"))
        .containsText("At 09:00 on Monday to Friday, Europe/Berlin");
    assertThat(page.locator(".fire-times li")).hasCount(5);
    assertThat(page.locator(".fire-times li").first()).containsText("09:00");
    button(page, "Create").click();

    assertThat(page.locator("main")).containsText("0 9 * * MON-FRI");
    assertThat(page.locator("main")).containsText("Next run");
    button(page, "Pause").click();
    assertThat(page.getByRole(AriaRole.HEADING, level1())).containsText("Paused");
    button(page, "Resume").click();
    assertThat(page.getByRole(AriaRole.HEADING, level1())).not().containsText("Paused");
  }

  @Test
  void whatMaySurpriseIsSaidWhileTyping() {
    var page = browser.open("/ui/new?plugin=hello&owner=omega");
    page.getByRole(AriaRole.RADIO, new GetByRoleOptions().setName("Scheduled")).check();
    field(page, "Cron expression").fill("0 9 13 * FRI");

    assertThat(page.locator("octopus-preview")).containsText("days that match either");
    assertThat(page.locator("octopus-preview")).containsText("No client omega has been seen yet");
  }

  @Test
  void aWrongCronExpressionIsSaidAtItsField() {
    browser.expect("400 (Bad Request)");
    var page = browser.open("/ui/new?plugin=hello");
    page.getByRole(AriaRole.RADIO, new GetByRoleOptions().setName("Scheduled")).check();
    field(page, "Cron expression").fill("61 * * * *");

    assertThat(page.locator("octopus-preview")).containsText("61 in minute must be 0-59");
    button(page, "Create").click();
    assertThat(page.locator("#cron-error")).containsText("61 in minute must be 0-59");
  }

  @Test
  void anIntervalTaskFiresByItself() {
    var page = browser.open("/ui/new?plugin=hello");
    page.getByRole(AriaRole.RADIO, new GetByRoleOptions().setName("Interval")).check();
    field(page, "Every").fill("2");
    field(page, "Unit").selectOption("s");
    assertThat(page.locator("octopus-preview")).containsText("Every 2 seconds");
    button(page, "Create").click();

    assertThat(page.locator("main")).containsText("interval");
    assertThat(page.locator(".executions tbody tr").nth(1)).containsText("Completed");
  }

  @Test
  void anEditKeepsWhatTheFormDoesNotShow() {
    var task =
        cluster
            .api()
            .create(
                TaskRequest.of("hello")
                    .by("Anyone")
                    .with("description", "for the accountants")
                    .with("type", "Scheduled")
                    .with("cron", "30 2 * * *")
                    .with("time_zone", "America/New_York")
                    .with("execution_start_time", "2031-01-01T05:00:00Z")
                    .with("overlap", "queue_one"));
    var page = browser.open("/ui/tasks/" + task.id() + "/edit");
    assertThat(field(page, "Not before")).hasValue(Pattern.compile("2031-01-01T00:00(:00)?"));
    field(page, "Cron expression").fill("45 3 * * *");
    button(page, "Save").click();

    assertThat(page.locator("main")).containsText("45 3 * * *");
    var edited = cluster.api().get("/tasks/" + task.id()).json();
    assertThat(edited.path("description").asText()).isEqualTo("for the accountants");
    assertThat(edited.path("time_zone").asText()).isEqualTo("America/New_York");
    assertThat(edited.path("execution_start_time").asText()).startsWith("2031-01-01T05:00:00");
    assertThat(edited.path("overlap").asText()).isEqualTo("queue_one");
  }

  @Test
  void whatSomebodyElseChangedIsNotOverwritten() {
    browser.expect("412 (Precondition Failed)");
    var task = cluster.api().create(TaskRequest.of("hello").by("alpha").with("name", "ours"));
    cluster.awaitTask(task, "Completed", SOON);
    var page = browser.open("/ui/tasks/" + task.id() + "/edit");
    assertThat(field(page, "Name")).hasValue("ours");
    cluster
        .api()
        .put(
            "/tasks/" + task.id(),
            TaskRequest.of("hello").by("alpha").with("name", "theirs").body());

    button(page, "Save").click();

    assertThat(page.getByText("It was changed by someone else")).isVisible();
    assertThat(cluster.api().get("/tasks/" + task.id()).json().path("name").asText())
        .isEqualTo("theirs");
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void theFormIsAccessibleForEveryType(ColorScheme theme) {
    var page = browser.open("/ui/new?plugin=hello&owner=omega", 1440, theme);
    for (var type : new String[] {"Once", "Scheduled", "Interval"}) {
      fill(page, type);

      assertThat(new AxeBuilder(page).analyze().getViolations()).as(type).isEmpty();
    }
  }

  @Test
  void theFormIsNoWiderThanAPhoneForAnyType() {
    var page = browser.open("/ui/new?plugin=hello&owner=omega", 390, ColorScheme.LIGHT);
    for (var type : new String[] {"Once", "Scheduled", "Interval"}) {
      fill(page, type);

      var excess =
          page.evaluate(
              "document.documentElement.scrollWidth - document.documentElement.clientWidth");
      assertThat(excess).as(type).isEqualTo(0);
    }
  }

  /** Chooses a type and waits for its preview, whose words and warnings are shown then. */
  private static void fill(Page page, String type) {
    page.getByRole(AriaRole.RADIO, new GetByRoleOptions().setName(type)).check();
    if (type.equals("Scheduled")) {
      field(page, "Cron expression").fill("30 2 * * *");
      assertThat(page.locator("octopus-preview")).containsText("At 02:30");
    } else if (type.equals("Interval")) {
      field(page, "Every").fill("5");
      assertThat(page.locator("octopus-preview")).containsText("Every 5 minutes");
    } else {
      assertThat(page.locator("octopus-preview")).containsText("Once, now");
    }
    assertThat(page.locator("form button[type=submit]")).isEnabled();
  }

  private static GetByRoleOptions level1() {
    return new GetByRoleOptions().setLevel(1);
  }

  private static Locator field(Page page, String label) {
    return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
  }
}

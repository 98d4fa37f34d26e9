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
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dashboard's pages of plugins: a real browser on the packaged product. */
@Tag("slow")
class PluginBrowserIT {
  @RegisterExtension static final Cluster cluster = Cluster.fresh();
  @RegisterExtension static final Browser browser = Browser.on(cluster);

  private static final Duration SOON = Duration.ofSeconds(30);

  @BeforeAll
  static void startNodes() {
    PlaywrightAssertions.setDefaultAssertionTimeout((double) Patience.stretched(SOON).toMillis());
    cluster.coordinator();
    cluster.worker("alpha", "--slots", "2");
  }

  @Test
  void theListLeadsToAPluginWithItsSourceAndItsHistory() {
    push("shown", "one");
    push("shown", "two");
    var page = browser.open("/ui/plugins");

    page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("shown").setExact(true)).click();

    assertThat(page).hasURL(Pattern.compile("/ui/plugins/shown$"));
    assertThat(source(page)).containsText("return 'two'");
    assertThat(versions(page)).hasCount(2);
    assertThat(versions(page).first()).containsText("Serving");
    assertThat(versions(page).last()).not().containsText("Serving");
    button(page, "Compare version 1").click();
    assertThat(page.locator(".diff-old").first()).containsText("-    return 'one'");
    assertThat(page.locator(".diff-new").first()).containsText("+    return 'two'");
  }

  @Test
  void whatIsEditedServesFromThenOn() {
    push("edited_here", "one");
    var page = browser.open("/ui/plugins/edited_here");

    button(page, "Edit").click();
    page.getByLabel("edited_here.py").fill("def main(:\n");
    browser.expect("400 (Bad Request)");
    button(page, "Save and serve").click();
    assertThat(page.locator("#source-error")).containsText("line 1");

    page.getByLabel("edited_here.py").fill(saying("typed"));
    button(page, "Save and serve").click();

    assertThat(source(page)).containsText("return 'typed'");
    assertThat(versions(page)).hasCount(2);
    assertThat(cluster.api().get("/plugins/edited_here/content").expect(200).body())
        .isEqualTo(saying("typed"));
  }

  @Test
  void whoeverWasSlowerIsToldAndMaySaveOverIt() {
    push("contested", "one");
    var page = browser.open("/ui/plugins/contested");
    button(page, "Edit").click();
    page.getByLabel("contested.py").fill(saying("mine"));

    push("contested", "theirs");
    browser.expect("412 (Precondition Failed)");
    button(page, "Save and serve").click();

    assertThat(page.getByText("Somebody else changed it while you edited.")).isVisible();
    button(page, "Save mine over it").click();
    assertThat(source(page)).containsText("return 'mine'");
    assertThat(versions(page)).hasCount(3);
  }

  @Test
  void whatWasTypedIsNotLostWithoutAQuestion() {
    push("guarded", "one");
    var page = browser.open("/ui/plugins/guarded");
    button(page, "Edit").click();
    page.getByLabel("guarded.py").fill(saying("unsaved"));

    page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Clients").setExact(true)).click();
    button(page, "Keep it").click();
    assertThat(page.getByLabel("guarded.py")).hasValue(saying("unsaved"));
    page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Clients").setExact(true)).click();
    button(page, "Forget the changes").click();

    assertThat(page).hasURL(Pattern.compile("/ui/clients$"));
  }

  @Test
  void anEarlierVersionIsMadeToServeAgain() {
    push("returning", "one");
    push("returning", "two");
    var page = browser.open("/ui/plugins/returning");

    button(page, "Serve version 1").first().click();
    page.locator("dialog").getByText("Serve version 1", exactly()).click();

    assertThat(source(page)).containsText("return 'one'");
    assertThat(versions(page).last()).containsText("Serving");
    assertThat(versions(page).last()).containsText("rolled back by");
  }

  @Test
  void aPluginThatIsUsedIsDeletedOnlyOnASecondWordAndComesBack() {
    push("needed", "one");
    var task =
        cluster
            .api()
            .create(
                TaskRequest.of("needed")
                    .by("alpha")
                    .with(
                        "execution_start_time",
                        Instant.now().plus(1, ChronoUnit.HOURS).toString()));
    browser.expect("409 (Conflict)");
    browser.expect("404 (Not Found)");
    var page = browser.open("/ui/plugins/needed");

    button(page, "Delete").click();
    button(page, "Delete the plugin").click();
    assertThat(page.getByText("It was not deleted.")).isVisible();
    assertThat(page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("task " + task.id())))
        .isVisible();
    button(page, "Delete it anyway").click();
    button(page, "Delete the plugin").click();

    assertThat(page.getByText("It is deleted.")).isVisible();
    button(page, "Serve version 1").first().click();
    page.locator("dialog").getByText("Serve version 1", exactly()).click();
    assertThat(source(page)).containsText("return 'one'");
  }

  @Test
  void aTestRunLeadsToItsExecution() {
    cluster
        .api()
        .push("tried", "def main(word, *, times=1, loud):\n    return [word, times, loud]\n")
        .expect(201);
    var page = browser.open("/ui/plugins/tried");

    page.getByLabel("Client").selectOption("alpha");
    page.getByLabel("word").fill("hi");
    page.getByLabel("times").fill("2");
    page.getByLabel("loud").fill("true");
    button(page, "Run once").click();
    page.getByRole(AriaRole.STATUS).getByRole(AriaRole.LINK).click();

    assertThat(page).hasURL(Pattern.compile("/ui/executions/"));
    assertThat(heading(page, "tried.main")).containsText("Completed");
    assertThat(page.locator("octopus-json").first()).containsText("hi");
  }

  @Test
  void whatCanOnlyBeGivenByNameIsGivenByName() {
    var page = browser.open("/ui/plugins");

    var read =
        page.evaluate(
            """
            async () => {
              const { readFields, textsOf } = await import('/assets/app/arguments.js');
              const parameters = [
                { name: 'a', required: true, kind: 'positional' },
                { name: 'b', required: true, kind: 'keyword' },
              ];
              const { args, kwargs } = readFields(parameters, { a: '1', b: '2' });
              return JSON.stringify([args, kwargs, textsOf(parameters, { args: [1, 2] })]);
            }
            """);

    assertThat(read).isEqualTo("[[1],{\"b\":2},null]");
  }

  @Test
  void aBrokenFileIsShownWithItsLineWhileTheGoodVersionServes() throws IOException {
    var file = cluster.plugins().resolve("fragile.py");
    Files.writeString(file, saying("good"));
    cluster.api().create(TaskRequest.of("fragile").by("alpha"));
    var page = browser.open("/ui/plugins/fragile");
    assertThat(source(page)).containsText("return 'good'");

    Files.writeString(file, "x = 1\ndef main(:\n");

    assertThat(page.getByText("fragile.py, line 2")).isVisible();
    assertThat(page.getByText("The last good version goes on serving.")).isVisible();
    assertThat(source(page)).containsText("return 'good'");
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void thePagesAreAccessibleAndFitAPhone(ColorScheme theme) {
    var plugin = "reached_" + theme.name().toLowerCase(Locale.ROOT);
    push(plugin, "one");
    push(plugin, "two");
    var page = browser.open("/ui/plugins", 390, theme);
    assertAccessible(page, "the list");
    page.navigate("/ui/plugins/" + plugin);
    button(page, "Compare version 1").click();
    assertThat(page.locator(".diff-new").first()).isVisible();
    assertAccessible(page, "a plugin");
    button(page, "Edit").click();
    assertThat(page.getByLabel(plugin + ".py")).isFocused();
    assertAccessible(page, "the editor");
  }

  private static void assertAccessible(Page page, String what) {
    assertThat(page.locator("octopus-live-badge")).hasText("Live");
    assertThat(page.locator("main [aria-busy=true]")).hasCount(0);
    assertThat(new AxeBuilder(page).analyze().getViolations()).as(what).isEmpty();
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .as("excess width of " + what)
        .isEqualTo(0);
  }

  private static void push(String name, String words) {
    assertThat(cluster.api().push(name, saying(words)).status()).isIn(List.of(200, 201));
  }

  private static String saying(String words) {
    return "def main():\n    return '" + words + "'\n";
  }

  private static Locator source(Page page) {
    return page.getByLabel(Pattern.compile("^Source of "));
  }

  private static Locator versions(Page page) {
    return page.locator(".versions tbody tr");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static Locator heading(Page page, String name) {
    return page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(name)).first();
  }
}

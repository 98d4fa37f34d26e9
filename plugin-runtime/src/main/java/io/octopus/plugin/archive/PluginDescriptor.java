package io.octopus.plugin.archive;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin's file says about itself.
 *
 * @param name the file's name without its suffix
 * @param title the name the author gave it ({@code PLUGIN_NAME}), otherwise the name
 * @param version {@code PLUGIN_VERSION}, otherwise the first digits of the hash
 * @param checked false when the file could not be looked into on this host: then actions are
 *     unknown, not absent
 * @param problem why the file cannot be used, if it cannot
 */
public record PluginDescriptor(
    String name,
    String title,
    String version,
    String sha256,
    Language language,
    String description,
    List<ActionDescriptor> actions,
    boolean checked,
    @Nullable Problem problem) {

  private static final String DEFAULT_ACTION = "main";
  private static final String ITS_STAND_IN = "run";

  /** Copies the list. */
  public PluginDescriptor {
    actions = List.copyOf(actions);
  }

  /** Where and how a file is broken; line 0 when no line can be named. */
  public record Problem(int line, String message) {}

  public boolean isBroken() {
    return problem != null;
  }

  /** True unless the file is known to lack the action. {@code run} stands in for {@code main}. */
  public boolean mayHave(String action) {
    return !checked
        || has(action)
        || (action.equals(DEFAULT_ACTION) && has(ITS_STAND_IN))
        || (language == Language.SCRIPT);
  }

  private boolean has(String action) {
    return actions.stream().anyMatch(known -> known.name().equals(action));
  }
}

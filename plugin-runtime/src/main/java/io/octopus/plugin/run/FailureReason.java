package io.octopus.plugin.run;

/** The codes that say in one word why an attempt failed; users and scripts rely on them. */
public final class FailureReason {

  /** The plugin raised an exception. */
  public static final String EXCEPTION = "exception";

  /** The plugin ended its process: {@code sys.exit}, a crash, a script's exit code. */
  public static final String EXIT_CODE = "exit_code";

  /** The action cannot be called with these arguments. */
  public static final String BAD_ARGUMENTS = "bad_arguments";

  /** The plugin has no such action. */
  public static final String ACTION_MISSING = "action_missing";

  /** The plugin returned a result that says itself that the work failed. */
  public static final String BAD_RESULT = "bad_result";

  /** The result is larger than the limit. */
  public static final String RESULT_TOO_LARGE = "result_too_large";

  /** The plugin cannot be run on this host: its file or its interpreter is missing. */
  public static final String PLUGIN_MISSING = "plugin_missing";

  private FailureReason() {}
}

package io.octopus.plugin.run;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The environment that a plugin sees: what programs need to work on this host, and the context.
 *
 * <p>A list of what is let through, not of what is kept out: nobody knows all the names under which
 * a node's settings and secrets may stand.
 */
final class PluginEnvironment {

  private static final Set<String> LET_THROUGH =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "LANGUAGE",
          "TZ",
          "TERM",
          "TMPDIR",
          "TEMP",
          "TMP",
          "DISPLAY",
          "LD_LIBRARY_PATH",
          "DYLD_LIBRARY_PATH",
          "JAVA_HOME",
          "SYSTEMROOT",
          "SYSTEMDRIVE",
          "WINDIR",
          "COMSPEC",
          "PATHEXT",
          "USERPROFILE",
          "USERNAME",
          "USERDOMAIN",
          "COMPUTERNAME",
          "HOMEDRIVE",
          "HOMEPATH",
          "APPDATA",
          "LOCALAPPDATA",
          "PROGRAMDATA",
          "ALLUSERSPROFILE",
          "PUBLIC",
          "PROGRAMFILES",
          "PROGRAMFILES(X86)",
          "PROGRAMW6432",
          "COMMONPROGRAMFILES",
          "COMMONPROGRAMFILES(X86)",
          "OS",
          "PSMODULEPATH",
          "NUMBER_OF_PROCESSORS",
          "PROCESSOR_ARCHITECTURE",
          "PROCESSOR_IDENTIFIER",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "ALL_PROXY",
          "NO_PROXY",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "REQUESTS_CA_BUNDLE",
          "CURL_CA_BUNDLE");
  private static final Pattern LET_THROUGH_TOO = Pattern.compile("LC_[A-Z]+|XDG_[A-Z_]+");
  private static final Pattern ADDRESS_WITH_PASSWORD = Pattern.compile("^[^/]*//[^/]*@.*");

  private PluginEnvironment() {}

  /** The node's environment without the node's own affairs. */
  static Map<String, String> cleaned(Map<String, String> environment) {
    var cleaned = new TreeMap<String, String>();
    environment.forEach(
        (name, value) -> {
          var upper = name.toUpperCase(Locale.ROOT);
          if ((LET_THROUGH.contains(upper) || LET_THROUGH_TOO.matcher(upper).matches())
              && !ADDRESS_WITH_PASSWORD.matcher(value).matches()) {
            cleaned.put(name, value);
          }
        });
    return cleaned;
  }

  /** The variables that say which execution this is; together they also mark its processes. */
  static Map<String, String> of(ActionContext context) {
    var variables = new LinkedHashMap<String, String>();
    variables.put("OCTOPUS_TASK_ID", context.taskId());
    variables.put("OCTOPUS_RUN_ID", context.runId());
    variables.put("OCTOPUS_EXECUTION_ID", context.executionId());
    variables.put("OCTOPUS_ATTEMPT", Integer.toString(context.attempt()));
    variables.put("OCTOPUS_FIRE_TIME", context.fireTime().toString());
    variables.put("OCTOPUS_CLIENT", context.client());
    return variables;
  }

  /** Gives a process the cleaned environment, these variables, and nothing else. */
  static void apply(ProcessBuilder builder, Map<String, String> variables) {
    var environment = builder.environment();
    environment.clear();
    environment.putAll(cleaned(System.getenv()));
    environment.putAll(variables);
  }
}

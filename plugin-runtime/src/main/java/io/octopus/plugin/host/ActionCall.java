package io.octopus.plugin.host;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** One call of one action: load the plugin, call the method, say how it ended. */
public final class ActionCall {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HOST = ActionCall.class.getPackageName() + ".";

  private ActionCall() {}

  /** Loads plugins, or has them loaded already. */
  public interface Jars {
    PluginJar open(Path file) throws IOException;
  }

  /** Calls an action on this thread. Whatever goes wrong is an answer. */
  public static HostAnswer run(CallRequest request, Jars jars, HostOutput output) {
    var thread = Thread.currentThread();
    var usual = thread.getContextClassLoader();
    try {
      var jar = jars.open(request.file());
      thread.setContextClassLoader(jar.loader());
      var result = ResultJson.of(invoke(jar, request, output), output);
      return HostAnswer.returned(result, request.maxResultBytes(), JSON);
    } catch (Refused refused) {
      return HostAnswer.failed(
          refused.reason(), refused.reason(), String.valueOf(refused.getMessage()), null);
    } catch (IOException | UnsupportedClassVersionError noPlugin) {
      return HostAnswer.failed(
          "plugin_missing", "PluginMissing", String.valueOf(noPlugin.getMessage()), null);
    } catch (InvocationTargetException | ExecutionException wrapper) {
      return raised(wrapper.getCause() == null ? wrapper : wrapper.getCause());
    } catch (Throwable problem) {
      return raised(problem);
    } finally {
      thread.setContextClassLoader(usual);
    }
  }

  private static Object invoke(PluginJar jar, CallRequest request, HostOutput output)
      throws Refused, ReflectiveOperationException, ExecutionException, InterruptedException {
    var action = ActionMethod.find(jar.actions(), request.action());
    var arguments =
        Arguments.bind(action, request.args(), request.kwargs(), new HostContext(request, output));
    var result = action.method().invoke(jar.newPlugin(), arguments);
    return result instanceof CompletionStage<?> later ? later.toCompletableFuture().get() : result;
  }

  private static HostAnswer raised(Throwable problem) {
    var cause =
        (problem instanceof ServiceConfigurationError
                    || problem instanceof ExceptionInInitializerError)
                && problem.getCause() != null
            ? problem.getCause()
            : problem;
    var seen = Collections.newSetFromMap(new IdentityHashMap<Throwable, Boolean>());
    for (Throwable each = cause; each != null && seen.add(each); each = each.getCause()) {
      cutToPlugin(each);
    }
    return HostAnswer.failed(
        "exception", cause.getClass().getName(), messageOf(cause), HostLogger.traceOf(cause));
  }

  private static String messageOf(Throwable problem) {
    try {
      var message = problem.getMessage();
      return message == null ? problem.getClass().getSimpleName() : message;
    } catch (RuntimeException unreadable) {
      return "(an exception without a readable message)";
    }
  }

  /** Leaves out how the host called the plugin: it says nothing to the plugin's author. */
  private static void cutToPlugin(Throwable problem) {
    var frames = problem.getStackTrace();
    int host = 0;
    while (host < frames.length && !frames[host].getClassName().startsWith(HOST)) {
      host++;
    }
    while (host > 0 && host < frames.length && isReflection(frames[host - 1].getClassName())) {
      host--;
    }
    if (host < frames.length) {
      problem.setStackTrace(Arrays.copyOf(frames, host));
    }
  }

  private static boolean isReflection(String className) {
    return className.startsWith("java.lang.reflect.")
        || className.startsWith("jdk.internal.reflect.")
        || className.startsWith("java.lang.invoke.");
  }
}

package io.octopus.plugin.host;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The state of the JVM that an action finds, and that it has to leave as it was.
 *
 * <p>A process serves one execution after another. Whatever makes it doubtful that the next one
 * would find what the first one found is a reason to use the process no more.
 */
final class HostPlace {

  /** Threads that the Java platform itself keeps for a while after their use. */
  private static final Pattern PLATFORM_THREADS =
      Pattern.compile(
          "ForkJoinPool\\.commonPool-worker-.*|HttpClient-\\d+-.*|CompletableFutureDelayScheduler"
              + "|process reaper.*|Keep-Alive-Timer|Java2D Disposer|Cleaner-\\d+");

  private static final long THREADS_PATIENCE = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long REAPER_STAYS = TimeUnit.SECONDS.toNanos(50);
  private static final double MOST_MEMORY = 0.8;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final InputStream in = System.in;
  private final Properties properties = (Properties) System.getProperties().clone();
  private final Locale locale = Locale.getDefault();
  private final TimeZone zone = TimeZone.getDefault();
  private ThreadGroup group = new ThreadGroup("octopus-action");
  private long begin;

  /** The group for the next action's threads. */
  ThreadGroup enter() {
    group = new ThreadGroup("octopus-action");
    begin = System.nanoTime();
    return group;
  }

  /** The threads that an action has left running, after a moment for those that just end. */
  List<String> threadsLeft() throws InterruptedException {
    long last = System.nanoTime() + THREADS_PATIENCE;
    var left = living(group);
    for (var thread : left) {
      TimeUnit.NANOSECONDS.timedJoin(thread, last - System.nanoTime());
    }
    return left.stream().filter(Thread::isAlive).map(Thread::getName).toList();
  }

  private static List<Thread> living(ThreadGroup group) {
    var threads = new Thread[group.activeCount() + 32];
    int count = group.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .filter(thread -> !PLATFORM_THREADS.matcher(thread.getName()).matches())
        .toList();
  }

  /**
   * Whether a process that the action started may live. The platform's thread that waits for
   * processes stays for a minute after the last of them; without it there was none.
   */
  boolean mayHaveChildren() {
    if (System.nanoTime() - begin > REAPER_STAYS) {
      return true;
    }
    var root = group;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    var threads = new Thread[root.activeCount() + 32];
    int count = root.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .anyMatch(thread -> thread.getName().startsWith("process reaper"));
  }

  /** What makes it doubtful that the JVM is as it was. */
  List<String> doubts() {
    var doubts = new ArrayList<String>();
    if (System.out != out || System.err != err || System.in != in) {
      doubts.add("streams");
    }
    if (!System.getProperties().equals(properties)) {
      doubts.add("system properties");
    }
    if (!Locale.getDefault().equals(locale) || !TimeZone.getDefault().equals(zone)) {
      doubts.add("locale or time zone");
    }
    var runtime = Runtime.getRuntime();
    if (runtime.totalMemory() - runtime.freeMemory() > MOST_MEMORY * runtime.maxMemory()) {
      doubts.add("memory");
    }
    return doubts;
  }
}

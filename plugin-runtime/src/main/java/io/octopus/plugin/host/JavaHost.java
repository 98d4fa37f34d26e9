package io.octopus.plugin.host;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A process that runs actions of Java plugins, one after another.
 *
 * <p>It is started by the worker and talks with it over two descriptors of its own, where the
 * system can give it such; System.out is then free for the plugin, also for what its child
 * processes inherit. When the worker dies, requests end; then this process kills everything it
 * started and itself.
 */
public final class JavaHost {

  private static final long LARGEST_REQUEST = 256L * 1024 * 1024;

  private final ObjectMapper json = new ObjectMapper();
  private final BlockingQueue<Optional<CallRequest>> waiting = new LinkedBlockingQueue<>();
  private final AtomicBoolean busy = new AtomicBoolean();
  private final InputStream requests;
  private final FrameChannel channel;
  private @Nullable PluginJar jar;
  private List<Object> version = List.of();

  private JavaHost(InputStream requests, FrameChannel channel) {
    this.requests = requests;
    this.channel = channel;
  }

  /** The arguments are the numbers of the descriptors for requests and answers, or none. */
  public static void main(String[] arguments) throws Exception {
    var in = arguments.length == 2 ? descriptor(arguments[0]) : FileDescriptor.in;
    var out = arguments.length == 2 ? descriptor(arguments[1]) : FileDescriptor.out;
    var channel = new FrameChannel(new FileOutputStream(out), new ObjectMapper());
    System.setIn(InputStream.nullInputStream());
    System.setOut(new PrintStream(channel.stream('O'), true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(channel.stream('E'), true, StandardCharsets.UTF_8));
    new JavaHost(new BufferedInputStream(new FileInputStream(in)), channel).serve();
  }

  /** Descriptors that are inherited by number; Java has no other way to them than its own. */
  private static FileDescriptor descriptor(String number) throws ReflectiveOperationException {
    var constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
    constructor.setAccessible(true);
    return constructor.newInstance(Integer.parseInt(number));
  }

  private void serve() throws IOException, InterruptedException {
    var watcher = new Thread(this::watch, "octopus-watch");
    watcher.setDaemon(true);
    watcher.start();
    LogRecords.listen(channel);
    var place = new HostPlace();
    channel.send('R', "[]".getBytes(StandardCharsets.UTF_8));
    for (var request = waiting.take(); request.isPresent(); request = waiting.take()) {
      channel.send('A', new byte[0]);
      serve(request.get(), place);
    }
    System.exit(0);
  }

  private void serve(CallRequest request, HostPlace place)
      throws IOException, InterruptedException {
    LogRecords.listen(channel);
    var answer = new AtomicReference<@Nullable HostAnswer>();
    var action =
        new Thread(
            place.enter(),
            () -> answer.set(ActionCall.run(request, this::open, channel)),
            "octopus-action");
    action.start();
    action.join();
    var left = place.threadsLeft();
    if (!left.isEmpty()) {
      channel.log(
          "WARNING", "The action ended but left threads running: " + String.join(", ", left));
    }
    var said = answer.get();
    if (said == null) {
      // Not even an answer could be made: no memory is left for one.
      Runtime.getRuntime().halt(1);
      return;
    }
    var doubts = said.head().putArray("doubts");
    left.forEach(doubts::add);
    place.doubts().forEach(doubts::add);
    said.head().put("children", place.mayHaveChildren());
    busy.set(false);
    channel.send('D', said.content(json));
  }

  /** The jar's plugin: loaded once, and again when the file is another one. */
  private PluginJar open(Path file) throws IOException {
    List<Object> wanted = List.of(file, Files.getLastModifiedTime(file), Files.size(file));
    var known = jar;
    if (known != null && version.equals(wanted)) {
      return known;
    }
    if (known != null) {
      known.close();
    }
    var opened = PluginJar.open(file);
    jar = opened;
    version = wanted;
    return opened;
  }

  /** Hands requests to the main thread, and ends everything when the worker is gone. */
  private void watch() {
    try {
      for (var frame = Frames.read(requests, LARGEST_REQUEST);
          frame.isPresent();
          frame = Frames.read(requests, LARGEST_REQUEST)) {
        busy.set(true);
        waiting.add(Optional.of(CallRequest.read(frame.get().content(), json)));
      }
    } catch (IOException workerIsGone) {
      // As good as the end.
    }
    if (busy.get()) {
      endEverything();
    }
    waiting.add(Optional.empty());
  }

  private static void endEverything() {
    var self = ProcessHandle.current();
    for (int round = 0; round < 100 && self.descendants().findAny().isPresent(); round++) {
      self.descendants().forEach(ProcessHandle::destroyForcibly);
    }
    Runtime.getRuntime().halt(1);
  }
}

package io.octopus.plugin.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.octopus.plugin.archive.PluginFile;
import io.octopus.plugin.python.PythonInterpreter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Picks the language by the plugin file's suffix, and keeps what all of them share. */
final class RunnerByLanguage implements PluginRunner {

  private static final Logger LOG = LoggerFactory.getLogger(RunnerByLanguage.class);

  private final RunnerSettings settings;
  private final WorkFolders folders;
  private final RunnerThreads threads = new RunnerThreads();
  private final Confinement confinement;
  private final PythonInterpreter interpreter;
  private final WarmPool pool;
  private final LanguageRunner python;
  private final LanguageRunner script;
  private final JavaRunner java;
  private final Set<Attempt> running = ConcurrentHashMap.newKeySet();

  RunnerByLanguage(RunnerSettings settings) {
    this.settings = settings;
    try {
      int ended = OrphanReaper.reap(settings.workDirectory());
      if (ended > 0) {
        LOG.warn("Ended {} plugin processes that an earlier process had left running", ended);
      }
      folders = WorkFolders.create(settings.workDirectory());
      confinement = Confinement.of(settings.limits(), folders.session().getFileName().toString());
      var hostFolder = folders.session().resolve("host");
      var host = HostFiles.unpackTo(hostFolder);
      for (var file : HostFiles.in(hostFolder)) {
        confinement.admit(file, 4);
      }
      confinement.checkReads(host);
      interpreter = new PythonInterpreter(settings.python());
      var json = new ObjectMapper();
      pool = new WarmPool(folders, threads, confinement, settings.slots());
      var environments =
          new PythonEnvironments(
              settings.packages(), interpreter, settings.clock(), folders, threads, confinement);
      var pythonRunner = new PythonRunner(interpreter, environments, host, pool, json);
      threads.run(pythonRunner::warmUp);
      python = pythonRunner;
      script = new ScriptRunner(json);
      java = new JavaRunner(settings.java(), pool, json);
    } catch (IOException problem) {
      throw new UncheckedIOException(
          "Cannot use work directory " + settings.workDirectory(), problem);
    }
  }

  @Override
  public RunningAction start(ActionRequest request, OutputSink output) {
    var attempt =
        new Attempt(
            request,
            new AttemptOutput(output, settings.clock(), threads),
            folders,
            threads,
            confinement);
    running.add(attempt);
    attempt.onEnd(() -> running.remove(attempt));
    confinement.admitPlugin(request.file());
    attempt.run(languageOf(request));
    return attempt;
  }

  @Override
  public String health() {
    if (interpreter.isDeclined()) {
      return "";
    }
    try {
      var unused = interpreter.find();
      return "";
    } catch (PythonInterpreter.Missing missing) {
      return String.valueOf(missing.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  @Override
  public Map<String, String> limits() {
    var words = new TreeMap<>(confinement.words());
    try {
      words.put("python", interpreter.find().version());
    } catch (PythonInterpreter.Missing missing) {
      words.put("python", "none");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return words;
  }

  private LanguageRunner languageOf(ActionRequest request) {
    var file = request.file();
    if (!Files.isRegularFile(file)) {
      return refusing("The plugin's file is not there: " + file);
    }
    return switch (PluginFile.languageOf(file.getFileName().toString())) {
      case PYTHON -> python;
      case SCRIPT -> script;
      case JAVA -> java;
    };
  }

  private static LanguageRunner refusing(String message) {
    return attempt -> Failures.failed(FailureReason.PLUGIN_MISSING, "PluginMissing", message);
  }

  @Override
  public void close() {
    running.forEach(Attempt::cancel);
    running.forEach(Attempt::awaitEnd);
    pool.close();
    java.close();
    threads.close();
    folders.close();
    confinement.close();
  }
}

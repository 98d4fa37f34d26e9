package io.octopus.plugin.host;

import io.octopus.plugin.api.Plugin;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * One version of a Java plugin, loaded: closing it lets its classes go.
 *
 * <p>The plugin's classes see the Java platform, the plugin API and their own jar; nothing of what
 * the host itself is made of.
 */
public final class PluginJar implements AutoCloseable {

  private static final String API = Plugin.class.getPackageName() + ".";

  private final URLClassLoader loader;
  private final ServiceLoader.Provider<Plugin> provider;
  private final List<ActionMethod> actions;

  private PluginJar(URLClassLoader loader, ServiceLoader.Provider<Plugin> provider) {
    this.loader = loader;
    this.provider = provider;
    actions = ActionMethod.of(provider.type());
  }

  /** Loads the plugin of a jar; an IOException says why there is none. */
  public static PluginJar open(Path file) throws IOException {
    var loader = new URLClassLoader(new URL[] {urlOf(file)}, new ApiOnly());
    try {
      var found = ServiceLoader.load(Plugin.class, loader).stream().toList();
      if (found.size() != 1) {
        throw new IOException(
            "%s names %d plugins in META-INF/services/%s; it must name one"
                .formatted(file.getFileName(), found.size(), Plugin.class.getName()));
      }
      return new PluginJar(loader, found.get(0));
    } catch (ServiceConfigurationError problem) {
      loader.close();
      var cause = problem.getCause();
      throw new IOException(cause == null ? problem.getMessage() : cause.toString(), problem);
    } catch (IOException | LinkageError problem) {
      loader.close();
      throw problem;
    }
  }

  ClassLoader loader() {
    return loader;
  }

  List<ActionMethod> actions() {
    return actions;
  }

  /** A new object of the plugin's class. */
  public Plugin newPlugin() {
    return provider.get();
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  private static URL urlOf(Path file) throws MalformedURLException {
    return file.toUri().toURL();
  }

  /** Of the host's classes, only the plugin API can be seen through it. */
  private static final class ApiOnly extends ClassLoader {

    ApiOnly() {
      super("octopus-plugin-api", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(API)) {
        return Class.forName(name, false, Plugin.class.getClassLoader());
      }
      throw new ClassNotFoundException(name);
    }
  }
}

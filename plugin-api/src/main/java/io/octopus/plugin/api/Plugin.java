package io.octopus.plugin.api;

/**
 * A plugin: its public methods that carry {@link Action} are what tasks can run.
 *
 * <p>A plugin's jar has one class that implements this interface, public, with a public constructor
 * without parameters, and names it in {@code META-INF/services/io.octopus.plugin.api.Plugin}. An
 * object of it is made for every execution. What else the class needs is in the jar, too: of the
 * host, a plugin sees the Java platform and this package, nothing more.
 *
 * <pre>{@code
 * @About(version = "1.0", description = "Greets people.")
 * public class Hello implements Plugin {
 *
 *   @Action(description = "Says hello.")
 *   public Map<String, Object> main(
 *       @Parameter(name = "name", defaultValue = "world") String name, ActionContext context) {
 *     context.log().log(System.Logger.Level.INFO, "Greeting {0}", name);
 *     return Map.of("status", "success", "greeting", "Hello, " + name);
 *   }
 * }
 * }</pre>
 */
public interface Plugin {}

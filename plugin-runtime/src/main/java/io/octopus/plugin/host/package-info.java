/**
 * The Java side of the runtime: loads a Java plugin and calls its actions, in a JVM of its own or,
 * for trusted plugins, in the worker's.
 *
 * <p>Runs beside foreign code with a small class path: the Java platform, Jackson and the plugin
 * API are all it may use.
 */
@NullMarked
package io.octopus.plugin.host;

import org.jspecify.annotations.NullMarked;

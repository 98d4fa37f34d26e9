/**
 * All that the author of a Java plugin sees of Octopus; start at {@link
 * io.octopus.plugin.api.Plugin}.
 *
 * <p>Depends on nothing but the Java platform, and only grows: a plugin that was compiled against
 * an earlier version runs with a later one.
 */
package io.octopus.plugin.api;

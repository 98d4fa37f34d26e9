/**
 * Runs one action of a plugin outside the JVM and reports how it ended.
 *
 * <p>Knows processes, pipes and folders; must not know Akka, the cluster, or where a plugin's file
 * came from.
 */
@NullMarked
package io.octopus.plugin.run;

import org.jspecify.annotations.NullMarked;

/**
 * The words all nodes share: ids and the marker of messages that cross a JVM. Records only, no
 * behaviour; knows nothing of coordinators, workers or plugins' insides.
 */
@NullMarked
package io.octopus.protocol;

import org.jspecify.annotations.NullMarked;

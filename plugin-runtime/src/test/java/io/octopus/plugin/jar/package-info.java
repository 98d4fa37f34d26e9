/** Java plugins for tests: compiled and packed on the spot. */
@NullMarked
package io.octopus.plugin.jar;

import org.jspecify.annotations.NullMarked;

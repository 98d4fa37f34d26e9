/**
 * Reads what a plugin's file says about itself, without running the file's code.
 *
 * <p>Knows nothing of running actions, and nothing of where files come from.
 */
@NullMarked
package io.octopus.plugin.archive;

import org.jspecify.annotations.NullMarked;

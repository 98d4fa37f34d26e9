/** Finds the host's Python interpreter. Knows nothing of plugins. */
@NullMarked
package io.octopus.plugin.python;

import org.jspecify.annotations.NullMarked;

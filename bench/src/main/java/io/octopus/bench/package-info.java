/** Measures what the parts of Octopus do in a second, on the machine it runs on. */
@NullMarked
package io.octopus.bench;

import org.jspecify.annotations.NullMarked;

/** Random trouble for many minutes; what came of it is for {@code check} to say. */
@NullMarked
package io.octopus.system.soak;

import org.jspecify.annotations.NullMarked;

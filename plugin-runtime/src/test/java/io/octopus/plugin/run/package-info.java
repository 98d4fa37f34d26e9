@NullMarked
package io.octopus.plugin.run;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.octopus.plugin.archive;

import org.jspecify.annotations.NullMarked;

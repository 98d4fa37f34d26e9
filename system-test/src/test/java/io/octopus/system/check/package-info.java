/** Finds broken promises in what the API shows and plugins wrote down, whoever made the trouble. */
@NullMarked
package io.octopus.system.check;

import org.jspecify.annotations.NullMarked;

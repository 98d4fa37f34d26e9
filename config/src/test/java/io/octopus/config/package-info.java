/** Pins every default, every spelling and every refusal of the settings. */
@NullMarked
package io.octopus.config;

import org.jspecify.annotations.NullMarked;

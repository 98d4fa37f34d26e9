/** What users type and what comes back, against a small local server. */
@NullMarked
package io.octopus.cli;

import org.jspecify.annotations.NullMarked;

/**
 * The one executable: starts nodes in this process or as children, and speaks to a running
 * coordinator over its HTTP API. Decides nothing about tasks or workers.
 */
@NullMarked
package io.octopus.cli;

import org.jspecify.annotations.NullMarked;

/**
 * What coordinators and workers say to each other about work. Every message may be lost or
 * repeated: each is safe to send again, and whoever needs an answer asks until it comes.
 */
@NullMarked
package io.octopus.protocol.work;

import org.jspecify.annotations.NullMarked;

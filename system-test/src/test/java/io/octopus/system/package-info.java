/**
 * Black-box tests of the packaged product: nodes are processes, spoken to over HTTP and killed by
 * signals. Nothing here may use a class of the product.
 */
@NullMarked
package io.octopus.system;

import org.jspecify.annotations.NullMarked;

/** What the product promises under faults (docs/guarantees.md), one class per kind of fault. */
@NullMarked
package io.octopus.system.faults;

import org.jspecify.annotations.NullMarked;

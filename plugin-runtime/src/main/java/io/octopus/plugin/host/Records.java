package io.octopus.plugin.host;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads records by their components. */
final class Records {

  private Records() {}

  static Map<String, @Nullable Object> asMap(Record value) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (var component : value.getClass().getRecordComponents()) {
      try {
        var accessor = component.getAccessor();
        accessor.setAccessible(true);
        map.put(component.getName(), accessor.invoke(value));
      } catch (ReflectiveOperationException | RuntimeException unreadable) {
        map.put(component.getName(), "<unreadable: " + unreadable + ">");
      }
    }
    return map;
  }
}

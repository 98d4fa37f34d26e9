package io.octopus.system.check;

import java.time.ZonedDateTime;
import java.util.Set;
import java.util.TreeSet;

/**
 * A cron expression of six fields that restricts the second and the minute only, read without the
 * product's help.
 */
record SecondsCron(Set<Integer> seconds, Set<Integer> minutes) {

  static SecondsCron of(String expression) {
    String[] fields = expression.split(" ", -1);
    if (fields.length != 6 || !expression.endsWith(" * * * *")) {
      throw new IllegalArgumentException("only seconds and minutes are understood: " + expression);
    }
    return new SecondsCron(numbers(fields[0]), numbers(fields[1]));
  }

  boolean takes(ZonedDateTime time) {
    return seconds.contains(time.getSecond()) && minutes.contains(time.getMinute());
  }

  private static Set<Integer> numbers(String field) {
    Set<Integer> numbers = new TreeSet<>();
    for (String item : field.split(",", -1)) {
      String[] stepped = item.split("/", -1);
      boolean hasStep = stepped.length > 1;
      String[] range =
          stepped[0].equals("*") ? new String[] {"0", "59"} : stepped[0].split("-", -1);
      int first = Integer.parseInt(range[0]);
      int open = hasStep ? 59 : first;
      int last = range.length > 1 ? Integer.parseInt(range[1]) : open;
      int step = hasStep ? Integer.parseInt(stepped[1]) : 1;
      for (int number = first; number <= last; number += step) {
        numbers.add(number);
      }
    }
    return numbers;
  }
}

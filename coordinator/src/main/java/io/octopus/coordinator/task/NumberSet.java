package io.octopus.coordinator.task;

import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.expression.QuestionMark;
import com.cronutils.model.field.value.FieldValue;
import com.cronutils.model.field.value.IntegerFieldValue;

/** The numbers from 0 to 63 that a field of a cron expression names. */
record NumberSet(long bits) {

  /**
   * The numbers of a field that goes from {@code least} to {@code most}. A range may go over the
   * end: 22-2 is 22, 23, 0, 1, 2. So does a single number: with 0 to 6, 7 is 0.
   */
  static NumberSet of(FieldExpression field, int least, int most) {
    if (field instanceof And list) {
      long bits = 0;
      for (var part : list.getExpressions()) {
        bits |= of(part, least, most).bits();
      }
      return new NumberSet(bits);
    }
    if (field instanceof Every every) {
      int step = every.getPeriod().getValue();
      if (every.getExpression() instanceof On start) {
        return range(number(start.getTime()), most, step, least, most);
      }
      if (every.getExpression() instanceof Between range) {
        return range(number(range.getFrom()), number(range.getTo()), step, least, most);
      }
      return range(least, most, step, least, most);
    }
    if (field instanceof Between range) {
      return range(number(range.getFrom()), number(range.getTo()), 1, least, most);
    }
    if (field instanceof On on) {
      int number = number(on.getTime());
      return range(number, number, 1, least, most);
    }
    if (field instanceof Always || field instanceof QuestionMark) {
      return range(least, most, 1, least, most);
    }
    throw new IllegalArgumentException("is not understood: " + field.asString());
  }

  private static NumberSet range(int from, int to, int step, int least, int most) {
    int size = most - least + 1;
    int length = from <= to ? to - from : to - from + size;
    long bits = 0;
    for (int i = 0; i <= length; i += step) {
      bits |= 1L << (least + (from - least + i) % size);
    }
    return new NumberSet(bits);
  }

  private static int number(FieldValue<?> value) {
    if (value instanceof IntegerFieldValue number) {
      return number.getValue();
    }
    throw new IllegalArgumentException("is not understood: " + value);
  }

  boolean contains(int number) {
    return number >= 0 && number < Long.SIZE && (bits >>> number & 1) == 1;
  }

  int first() {
    return from(0);
  }

  /** The smallest of them that is not below this one; -1 when there is none. */
  int from(int number) {
    long rest = number >= Long.SIZE ? 0 : bits & (-1L << number);
    return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
  }

  int size() {
    return Long.bitCount(bits);
  }
}

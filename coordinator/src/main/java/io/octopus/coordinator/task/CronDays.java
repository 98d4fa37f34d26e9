package io.octopus.coordinator.task;

import static com.cronutils.model.field.CronFieldName.DAY_OF_MONTH;
import static com.cronutils.model.field.CronFieldName.DAY_OF_WEEK;

import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.expression.QuestionMark;
import com.cronutils.model.field.value.SpecialChar;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The days that a cron expression's day of month and day of week name together.
 *
 * <p>As in classic cron either is enough when both are restricted, and both must match when one of
 * them begins with a star.
 */
final class CronDays {

  private final Predicate<LocalDate> ofMonth;
  private final Predicate<LocalDate> ofWeek;
  private final boolean takesEither;

  private CronDays(FieldExpression ofMonth, FieldExpression ofWeek) {
    this.ofMonth = anyOf(ofMonth, CronDays::dayOfMonth);
    this.ofWeek = anyOf(ofWeek, CronDays::dayOfWeek);
    this.takesEither = isRestricted(ofMonth) && isRestricted(ofWeek);
  }

  static CronDays of(CronFields fields) {
    return new CronDays(fields.get(DAY_OF_MONTH), fields.get(DAY_OF_WEEK));
  }

  boolean takesEither() {
    return takesEither;
  }

  boolean matches(LocalDate day) {
    return takesEither
        ? ofMonth.test(day) || ofWeek.test(day)
        : ofMonth.test(day) && ofWeek.test(day);
  }

  private static boolean isRestricted(FieldExpression field) {
    if (field instanceof And list) {
      return list.getExpressions().stream().allMatch(CronDays::isRestricted);
    }
    var start = field instanceof Every every ? every.getExpression() : field;
    return !(start instanceof Always || start instanceof QuestionMark);
  }

  private static Predicate<LocalDate> anyOf(
      FieldExpression field, Function<FieldExpression, Predicate<LocalDate>> one) {
    var parts = field instanceof And list ? list.getExpressions() : List.of(field);
    List<Predicate<LocalDate>> days = parts.stream().map(one).toList();
    return day -> days.stream().anyMatch(part -> part.test(day));
  }

  private static Predicate<LocalDate> dayOfMonth(FieldExpression field) {
    if (field instanceof On on && on.getSpecialChar().getValue() != SpecialChar.NONE) {
      int number = on.getTime().getValue();
      int back = Math.max(0, on.getNth().getValue());
      return switch (on.getSpecialChar().getValue()) {
        case L -> {
          if (number > 0) {
            throw new IllegalArgumentException(
                "%dL in day of month must be L for the last day, or L-3 for the third before it"
                    .formatted(number));
          }
          yield day -> day.getDayOfMonth() == day.lengthOfMonth() - back;
        }
        case LW -> day -> day.equals(lastWeekday(day));
        case W -> day -> isNearestWeekday(day, number);
        default -> throw new IllegalArgumentException(on.asString() + " is not understood");
      };
    }
    var numbers = NumberSet.of(field, 1, 31);
    return day -> numbers.contains(day.getDayOfMonth());
  }

  private static Predicate<LocalDate> dayOfWeek(FieldExpression field) {
    if (field instanceof On on && on.getSpecialChar().getValue() != SpecialChar.NONE) {
      int number = on.getTime().getValue();
      int nth = on.getNth().getValue();
      return switch (on.getSpecialChar().getValue()) {
        case L -> {
          if (number < 0) {
            throw new IllegalArgumentException(
                "L in day of week needs its day: FRIL is the last Friday of the month");
          }
          yield day -> isWeekday(day, number) && day.getDayOfMonth() > day.lengthOfMonth() - 7;
        }
        case HASH -> {
          if (nth < 1 || nth > 5) {
            throw new IllegalArgumentException("#%d in day of week must be #1-#5".formatted(nth));
          }
          yield day -> isWeekday(day, number) && (day.getDayOfMonth() - 1) / 7 + 1 == nth;
        }
        default -> throw new IllegalArgumentException(on.asString() + " is not understood");
      };
    }
    var numbers = NumberSet.of(field, 0, 6);
    return day -> numbers.contains(day.getDayOfWeek().getValue() % 7);
  }

  private static boolean isWeekday(LocalDate day, int number) {
    return day.getDayOfWeek().getValue() % 7 == number % 7;
  }

  private static LocalDate lastWeekday(LocalDate day) {
    return nearestWeekday(day.withDayOfMonth(day.lengthOfMonth()));
  }

  private static boolean isNearestWeekday(LocalDate day, int number) {
    return number <= day.lengthOfMonth() && day.equals(nearestWeekday(day.withDayOfMonth(number)));
  }

  /** The day itself, or the Friday before or the Monday after it, but never in another month. */
  private static LocalDate nearestWeekday(LocalDate day) {
    var near =
        switch (day.getDayOfWeek()) {
          case SATURDAY -> Stream.of(day.minusDays(1), day.plusDays(2));
          case SUNDAY -> Stream.of(day.plusDays(1), day.minusDays(2));
          default -> Stream.of(day);
        };
    return near.filter(other -> other.getMonth() == day.getMonth()).findFirst().orElse(day);
  }
}

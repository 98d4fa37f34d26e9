package io.octopus.coordinator.task;

import static com.cronutils.model.field.CronFieldName.DAY_OF_MONTH;
import static com.cronutils.model.field.CronFieldName.DAY_OF_WEEK;
import static com.cronutils.model.field.CronFieldName.HOUR;
import static com.cronutils.model.field.CronFieldName.MINUTE;
import static com.cronutils.model.field.CronFieldName.MONTH;
import static com.cronutils.model.field.CronFieldName.SECOND;

import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.expression.QuestionMark;
import com.cronutils.model.field.value.FieldValue;
import com.cronutils.model.field.value.IntegerFieldValue;
import com.cronutils.model.field.value.SpecialChar;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Says in words when a cron expression fires. */
final class CronWords {

  private static final int LISTED_TIMES = 6;
  private static final List<String> NTH = List.of("first", "second", "third", "fourth", "fifth");

  private final CronFields fields;

  private CronWords(CronFields fields) {
    this.fields = fields;
  }

  /** Begins with a capital letter and ends without a full stop. */
  static String of(CronFields fields) {
    return new CronWords(fields).words();
  }

  private String words() {
    var words = new StringBuilder(times());
    days().ifPresent(days -> words.append(' ').append(days));
    if (!isEvery(fields.get(MONTH))) {
      words.append(" in ").append(named(fields.get(MONTH), "month", CronWords::month));
    }
    return words.toString();
  }

  private String times() {
    var seconds = numbers(SECOND);
    var minutes = numbers(MINUTE);
    var hours = numbers(HOUR);
    if (seconds.size() == 1
        && minutes.size() == 1
        && !hours.isEmpty()
        && hours.size() <= LISTED_TIMES) {
      var second = seconds.get(0) == 0 ? "" : ":%02d".formatted(seconds.get(0));
      return "At "
          + listed(hours, hour -> "%02d:%02d%s".formatted(hour, minutes.get(0), second), "and");
    }
    return capital(seconds.equals(List.of(0)) ? minutes() : seconds());
  }

  private String seconds() {
    var second = fields.get(SECOND);
    var words =
        often(second, "second")
            .orElseGet(() -> "at second " + named(second, "second", String::valueOf));
    return isEvery(fields.get(MINUTE))
        ? words + hours(" of ")
        : words
            + (fields.get(MINUTE) instanceof Every ? " of " : " of minute ")
            + named(fields.get(MINUTE), "minute", String::valueOf)
            + hours(" of ");
  }

  private String minutes() {
    var minute = fields.get(MINUTE);
    if (numbers(MINUTE).equals(List.of(0))) {
      return often(fields.get(HOUR), "hour").orElseGet(() -> "at minute 0" + hours(" of "));
    }
    return often(minute, "minute")
        .map(words -> words + hours(" of "))
        .orElseGet(
            () ->
                "at minute "
                    + named(minute, "minute", String::valueOf)
                    + (isEvery(fields.get(HOUR)) ? " of every hour" : hours(" of ")));
  }

  private String hours(String joint) {
    var hour = fields.get(HOUR);
    if (isEvery(hour)) {
      return "";
    }
    if (hour instanceof Between range) {
      return " from %02d:00 to %02d:59".formatted(number(range.getFrom()), number(range.getTo()));
    }
    return joint + (hour instanceof Every ? "" : "hour ") + named(hour, "hour", String::valueOf);
  }

  private Optional<String> days() {
    var ofMonth = fields.get(DAY_OF_MONTH);
    var ofWeek = fields.get(DAY_OF_WEEK);
    var parts = new ArrayList<String>();
    if (!isEvery(ofMonth)) {
      parts.add(listed(parts(ofMonth), CronWords::dayOfMonth, "and"));
    }
    if (!isEvery(ofWeek)) {
      parts.add(listed(parts(ofWeek), CronWords::dayOfWeek, "and"));
    }
    var joint = CronDays.of(fields).takesEither() ? " or on " : " if it is ";
    return parts.isEmpty() ? Optional.empty() : Optional.of("on " + String.join(joint, parts));
  }

  private static String dayOfMonth(FieldExpression field) {
    if (field instanceof On on) {
      int back = on.getNth().getValue();
      return switch (on.getSpecialChar().getValue()) {
        case L ->
            back > 0
                ? "the " + ordinal(back) + " day before the last of the month"
                : "the last day of the month";
        case LW -> "the last weekday of the month";
        case W -> "the weekday nearest day " + number(on.getTime());
        default -> "day " + number(on.getTime());
      };
    }
    return (field instanceof Between ? "days " : "") + named(field, "day", String::valueOf);
  }

  private static String dayOfWeek(FieldExpression field) {
    if (field instanceof On on && on.getSpecialChar().getValue() != SpecialChar.NONE) {
      var which =
          on.getSpecialChar().getValue() == SpecialChar.L
              ? "last"
              : NTH.get(on.getNth().getValue() - 1);
      return "the " + which + " " + weekday(number(on.getTime())) + " of the month";
    }
    return named(field, "day of the week", CronWords::weekday);
  }

  /** "every minute", "every 5 minutes"; empty for what is no plain rhythm. */
  private static Optional<String> often(FieldExpression field, String unit) {
    if (isEvery(field)) {
      return Optional.of("every " + unit);
    }
    return field instanceof Every every && every.getExpression() instanceof Always
        ? Optional.of("every " + every.getPeriod().getValue() + " " + unit + "s")
        : Optional.empty();
  }

  private static String named(FieldExpression field, String unit, Function<Integer, String> name) {
    if (field instanceof And list) {
      return listed(list.getExpressions(), part -> named(part, unit, name), "and");
    }
    if (field instanceof Between range) {
      return name.apply(number(range.getFrom())) + " to " + name.apply(number(range.getTo()));
    }
    if (field instanceof Every every) {
      var nth = "every " + ordinal(every.getPeriod().getValue()) + " " + unit;
      if (every.getExpression() instanceof Between range) {
        return nth + " from " + named(range, unit, name);
      }
      return every.getExpression() instanceof On start
          ? nth + " from " + name.apply(number(start.getTime()))
          : nth;
    }
    return field instanceof On on ? name.apply(number(on.getTime())) : "every " + unit;
  }

  private List<Integer> numbers(CronFieldName name) {
    var numbers = new ArrayList<Integer>();
    for (var part : parts(fields.get(name))) {
      if (!(part instanceof On on) || on.getSpecialChar().getValue() != SpecialChar.NONE) {
        return List.of();
      }
      numbers.add(number(on.getTime()));
    }
    return numbers;
  }

  private static List<FieldExpression> parts(FieldExpression field) {
    return field instanceof And list ? list.getExpressions() : List.of(field);
  }

  private static boolean isEvery(FieldExpression field) {
    return field instanceof Always || field instanceof QuestionMark;
  }

  private static <T> String listed(List<T> things, Function<T, String> name, String joint) {
    var names = things.stream().map(name).toList();
    if (names.size() == 1) {
      return names.get(0);
    }
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " " + joint + " " + names.get(last);
  }

  private static String month(int number) {
    return Month.of(number).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String weekday(int number) {
    return DayOfWeek.of(number % 7 == 0 ? 7 : number)
        .getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String ordinal(int number) {
    boolean isTeen = number % 100 / 10 == 1;
    var suffix =
        isTeen
            ? "th"
            : switch (number % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return number + suffix;
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static int number(FieldValue<?> value) {
    return value instanceof IntegerFieldValue number ? number.getValue() : 0;
  }
}

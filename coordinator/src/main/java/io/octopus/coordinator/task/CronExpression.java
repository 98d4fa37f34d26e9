package io.octopus.coordinator.task;

import static com.cronutils.model.field.CronFieldName.HOUR;
import static com.cronutils.model.field.CronFieldName.MINUTE;
import static com.cronutils.model.field.CronFieldName.MONTH;
import static com.cronutils.model.field.CronFieldName.SECOND;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.Optional;

/**
 * The local times that a cron expression names, on any calendar day and with no idea of zones.
 *
 * <p>The library reads the text; which times are meant is decided here, because the library's own
 * answer takes long, and differs from classic cron when both day fields are restricted.
 */
public final class CronExpression {

  /** The calendar repeats itself after so many months: what did not match by then never does. */
  private static final int CALENDAR_CYCLE = 400 * 12;

  private static final int LAST_YEAR = 9999;

  private final NumberSet seconds;
  private final NumberSet minutes;
  private final NumberSet hours;
  private final NumberSet months;
  private final CronDays days;
  private final String words;

  private CronExpression(CronFields fields) {
    this.seconds = NumberSet.of(fields.get(SECOND), 0, 59);
    this.minutes = NumberSet.of(fields.get(MINUTE), 0, 59);
    this.hours = NumberSet.of(fields.get(HOUR), 0, 23);
    this.months = NumberSet.of(fields.get(MONTH), 1, 12);
    this.days = CronDays.of(fields);
    this.words = CronWords.of(fields);
  }

  /** Throws {@link IllegalArgumentException} whose message names the field, the value, the rule. */
  public static CronExpression parse(String text) {
    return new CronExpression(CronFields.parse(text));
  }

  /** When it fires, as a person would say it. */
  String words() {
    return words;
  }

  /** Whether it names minutes of every hour, not hours of the day: such a one counts real time. */
  boolean takesEveryHour() {
    return hours.size() == 24;
  }

  /** Whether a day matches that only one of day of month and day of week names. */
  public boolean takesEitherDay() {
    return days.takesEither();
  }

  /** The first local time after this one; empty when there is none for ever. */
  Optional<LocalDateTime> after(LocalDateTime time) {
    var from = time.withNano(0).plusSeconds(1);
    if (isDay(from.toLocalDate())) {
      var sameDay = timeFrom(from.toLocalTime());
      if (sameDay.isPresent()) {
        return Optional.of(from.toLocalDate().atTime(sameDay.get()));
      }
    }
    return dayAfter(from.toLocalDate())
        .map(day -> day.atTime(timeFrom(LocalTime.MIDNIGHT).orElseThrow()));
  }

  boolean matches(LocalDateTime time) {
    return isDay(time.toLocalDate())
        && hours.contains(time.getHour())
        && minutes.contains(time.getMinute())
        && seconds.contains(time.getSecond());
  }

  private boolean isDay(LocalDate day) {
    return months.contains(day.getMonthValue()) && days.matches(day);
  }

  private Optional<LocalDate> dayAfter(LocalDate day) {
    var month = YearMonth.from(day);
    for (int i = 0; i <= CALENDAR_CYCLE && month.getYear() <= LAST_YEAR; i++) {
      if (months.contains(month.getMonthValue())) {
        for (int d = i == 0 ? day.getDayOfMonth() + 1 : 1; d <= month.lengthOfMonth(); d++) {
          if (days.matches(month.atDay(d))) {
            return Optional.of(month.atDay(d));
          }
        }
      }
      month = month.plusMonths(1);
    }
    return Optional.empty();
  }

  private Optional<LocalTime> timeFrom(LocalTime from) {
    int hour = from.getHour();
    int minute = from.getMinute();
    int second = seconds.from(from.getSecond());
    if (second < 0) {
      second = seconds.first();
      minute++;
    }
    if (!hours.contains(hour) || !minutes.contains(minute)) {
      second = seconds.first();
    }
    minute = minutes.from(minute);
    if (minute < 0) {
      minute = minutes.first();
      second = seconds.first();
      hour++;
    }
    if (!hours.contains(hour)) {
      minute = minutes.first();
      second = seconds.first();
    }
    hour = hours.from(hour);
    return hour < 0 ? Optional.empty() : Optional.of(LocalTime.of(hour, minute, second));
  }
}

package io.octopus.coordinator.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleWordsTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30 2 * * *          | At 02:30
          30 2 * * MON        | At 02:30 on Monday
          0 9,17 * * MON-FRI  | At 09:00 and 17:00 on Monday to Friday
          15 0 9 * * *        | At 09:00:15
          * * * * *           | Every minute
          */15 * * * *        | Every 15 minutes
          */5 9-17 * * 1-5    | Every 5 minutes from 09:00 to 17:59 on Monday to Friday
          5,35 * * * *        | At minute 5 and 35 of every hour
          0 * * * *           | Every hour
          0 */3 * * *         | Every 3 hours
          20 */3 * * *        | At minute 20 of every 3rd hour
          0 9-17/2 * * *      | At minute 0 of every 2nd hour from 9 to 17
          0-10 8 * * *        | At minute 0 to 10 of hour 8
          * * * * * *         | Every second
          */20 * * * * *      | Every 20 seconds
          5 */2 * * * *       | At second 5 of every 2nd minute
          0 0 1,15 * *        | At 00:00 on day 1 and day 15
          0 0 L * *           | At 00:00 on the last day of the month
          0 0 L-2 * ?         | At 00:00 on the 2nd day before the last of the month
          0 0 LW * *          | At 00:00 on the last weekday of the month
          0 0 15W * *         | At 00:00 on the weekday nearest day 15
          0 0 ? * TUE#2       | At 00:00 on the second Tuesday of the month
          0 0 ? * 5L          | At 00:00 on the last Friday of the month
          0 0 13 * 5          | At 00:00 on day 13 or on Friday
          0 0 */2 * MON       | At 00:00 on every 2nd day if it is Monday
          0 0 1 JAN,7 *       | At 00:00 on day 1 in January and July
          0 0 1 */3 *         | At 00:00 on day 1 in every 3rd month
          @yearly             | At 00:00 on day 1 in January
          @hourly             | Every hour
          """)
  void aCronExpressionIsSaidInWords(String expression, String words) {
    assertThat(CronExpression.parse(expression).words()).isEqualTo(words);
  }

  @Test
  void aScheduleNamesItsZoneAndItsBounds() {
    var berlin = ZoneId.of("Europe/Berlin");
    var start = Instant.parse("2027-01-01T09:00:00Z");

    assertThat(words(new Trigger.Cron("@daily", berlin), start, start.plusSeconds(3600)))
        .isEqualTo("At 00:00, Europe/Berlin, from 2027-01-01 10:00, until 2027-01-01 11:00");
    assertThat(words(every(300, Trigger.IntervalMode.FIXED_RATE), start, null))
        .isEqualTo("Every 5 minutes, from 2027-01-01 09:00 UTC");
  }

  @ParameterizedTest
  @CsvSource({
    "1, Every second",
    "90, Every 90 seconds",
    "60, Every minute",
    "7200, Every 2 hours",
    "86400, Every day"
  })
  void anIntervalIsSaidInItsLargestUnit(int seconds, String words) {
    assertThat(words(every(seconds, Trigger.IntervalMode.FIXED_RATE), null, null)).isEqualTo(words);
  }

  @Test
  void aDelayIsCountedFromTheEnd() {
    assertThat(words(every(60, Trigger.IntervalMode.FIXED_DELAY), null, null))
        .isEqualTo("1 minute after each run ends");
  }

  @Test
  void onceIsNowOrThen() {
    assertThat(ScheduleWords.of(Schedule.once(null))).isEqualTo("Once, now");
    assertThat(ScheduleWords.of(Schedule.once(Instant.parse("2027-01-01T09:00:07Z"))))
        .isEqualTo("Once, at 2027-01-01 09:00:07 UTC");
  }

  private static Trigger every(int seconds, Trigger.IntervalMode mode) {
    return new Trigger.Interval(Duration.ofSeconds(seconds), mode);
  }

  private static String words(Trigger trigger, @Nullable Instant start, @Nullable Instant end) {
    return ScheduleWords.of(
        new Schedule(trigger, start, end, OverlapPolicy.SKIP, MisfirePolicy.FIRE_ONCE, null));
  }
}

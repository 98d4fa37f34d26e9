package io.octopus.coordinator.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTimesTest {

  private static List<String> localTimes(String expression, String after, int count) {
    var cron = CronExpression.parse(expression);
    var times = new ArrayList<String>();
    var time = cron.after(LocalDateTime.parse(after));
    while (time.isPresent() && times.size() < count) {
      times.add(time.get().toString());
      time = cron.after(time.get());
    }
    return times;
  }

  private static List<String> times(String expression, String zone, String after, int count) {
    var cron = CronTimes.of(new Trigger.Cron(expression, ZoneId.of(zone)));
    var times = new ArrayList<String>();
    var time = cron.after(OffsetDateTime.parse(after).toInstant());
    while (time.isPresent() && times.size() < count) {
      times.add(OffsetDateTime.ofInstant(time.get(), ZoneId.of(zone)).toString());
      time = cron.after(time.get());
    }
    return times;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */15 * * * *        | 2026-11-30T08:15 2026-11-30T08:30 2026-11-30T08:45
          5/20 * * * *        | 2026-11-30T08:05 2026-11-30T08:25 2026-11-30T08:45
          10 */5 * * *        | 2026-11-30T10:10 2026-11-30T15:10 2026-11-30T20:10
          0 22-2/2 * * *      | 2026-11-30T22:00 2026-12-01T00:00 2026-12-01T02:00
          */20 5 8 * * *      | 2026-11-30T08:05 2026-11-30T08:05:20 2026-11-30T08:05:40
          0 9 * * MON-fri     | 2026-11-30T09:00 2026-12-01T09:00 2026-12-02T09:00
          0 9 * * 5-7         | 2026-12-04T09:00 2026-12-05T09:00 2026-12-06T09:00
          0 9 * * fri-mon     | 2026-11-30T09:00 2026-12-04T09:00 2026-12-05T09:00
          0 9 * * SUN-TUE     | 2026-11-30T09:00 2026-12-01T09:00 2026-12-06T09:00
          0 9 * * 7           | 2026-12-06T09:00 2026-12-13T09:00 2026-12-20T09:00
          0 9 * * 0           | 2026-12-06T09:00 2026-12-13T09:00 2026-12-20T09:00
          0 0 1 jan,JUL *     | 2027-01-01T00:00 2027-07-01T00:00 2028-01-01T00:00
          0 0 29 2 ?          | 2028-02-29T00:00 2032-02-29T00:00 2036-02-29T00:00
          0 0 L * *           | 2026-12-31T00:00 2027-01-31T00:00 2027-02-28T00:00
          0 0 L-2 * *         | 2026-12-29T00:00 2027-01-29T00:00 2027-02-26T00:00
          0 0 LW * *          | 2026-12-31T00:00 2027-01-29T00:00 2027-02-26T00:00
          0 0 1W * *          | 2026-12-01T00:00 2027-01-01T00:00 2027-02-01T00:00
          0 0 15W 5-8 *       | 2027-05-14T00:00 2027-06-15T00:00 2027-07-15T00:00
          0 0 31W * *         | 2026-12-31T00:00 2027-01-29T00:00 2027-03-31T00:00
          0 0 * * MON#1       | 2026-12-07T00:00 2027-01-04T00:00 2027-02-01T00:00
          0 0 * * 0#5         | 2027-01-31T00:00 2027-05-30T00:00 2027-08-29T00:00
          0 0 ? * FRIL        | 2026-12-25T00:00 2027-01-29T00:00 2027-02-26T00:00
          @yearly             | 2027-01-01T00:00 2028-01-01T00:00 2029-01-01T00:00
          @Annually           | 2027-01-01T00:00 2028-01-01T00:00 2029-01-01T00:00
          @monthly            | 2026-12-01T00:00 2027-01-01T00:00 2027-02-01T00:00
          @WEEKLY             | 2026-12-06T00:00 2026-12-13T00:00 2026-12-20T00:00
          @daily              | 2026-12-01T00:00 2026-12-02T00:00 2026-12-03T00:00
          @midnight           | 2026-12-01T00:00 2026-12-02T00:00 2026-12-03T00:00
          @hourly             | 2026-11-30T09:00 2026-11-30T10:00 2026-11-30T11:00
          """)
  void everyFormNamesItsTimes(String expression, String expected) {
    assertThat(localTimes(expression, "2026-11-30T08:00:00", 3))
        .containsExactly(expected.split(" "));
  }

  @Test
  void eitherDayIsEnoughWhenBothAreRestricted() {
    assertThat(localTimes("0 0 13 * FRI", "2026-11-30T08:00:00", 4))
        .containsExactly(
            "2026-12-04T00:00", "2026-12-11T00:00", "2026-12-13T00:00", "2026-12-18T00:00");
    assertThat(CronExpression.parse("0 0 13 * FRI").takesEitherDay()).isTrue();
  }

  @Test
  void bothDaysMustMatchWhenOneBeginsWithAStar() {
    assertThat(localTimes("0 0 */2 * MON", "2026-11-30T08:00:00", 3))
        .containsExactly("2026-12-07T00:00", "2026-12-21T00:00", "2027-01-11T00:00");
    assertThat(CronExpression.parse("0 0 */2 * MON").takesEitherDay()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4,6,9,11 ?", "0 0 0 L-30 2 *"})
  void whatNeverMatchesHasNoTime(String expression) {
    assertThat(localTimes(expression, "2026-11-30T08:00:00", 1)).isEmpty();
    assertThat(times(expression, "Europe/Berlin", "2026-11-30T08:00:00Z", 1)).isEmpty();
  }

  @Test
  void whatMatchesOnceInManyYearsIsFound() {
    assertThat(localTimes("0 0 ? 2 MON#5", "2073-01-01T00:00:00", 1))
        .containsExactly("2112-02-29T00:00");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          61 * * * *          | 61 in minute must be 0-59
          0 24 * * *          | 24 in hour must be 0-23
          60 0 0 * * *        | 60 in second must be 0-59
          0 0 32 * *          | 32 in day of month must be 1-31
          0 0 0 * *           | 0 in day of month must be 1-31
          0 0 * 13 *          | 13 in month must be 1-12 or JAN-DEC
          0 0 * * 8           | 8 in day of week must be 0-7 or SUN-SAT
          */0 * * * *         | the step 0 in minute must be 1-59
          */90 * * * *        | the step 90 in minute must be 1-59
          0 0 * January *     | January in month must be written JAN
          0 0 * * Monday      | Monday in day of week must be written MON
          a * * * *           | a in minute is not understood
          0 0 * * MON,        | MON, in day of week is not understood
          0 0 * * L           | L in day of week needs its day
          0 0 5L * *          | 5L in day of month must be L
          0 0 * * MON#6       | #6 in day of week must be #1-#5
          * * * *             | has 4 fields but must have 5
          0 0 12 * * ? 2027   | a year is not supported
          @reboot             | must be one of @yearly
          @every 5m           | give an interval instead
          """)
  void whatIsWrongIsSaidByFieldAndRule(String expression, String said) {
    assertThatThrownBy(() -> CronExpression.parse(expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  @Nested
  class WhenClocksAreChanged {

    @Test
    void aTimeThatIsLeftOutIsAtTheNextValidInstant() {
      assertThat(times("30 2 * * *", "Europe/Berlin", "2027-03-27T00:00:00Z", 3))
          .containsExactly(
              "2027-03-27T02:30+01:00", "2027-03-28T03:00+02:00", "2027-03-29T02:30+02:00");
    }

    @Test
    void twoTimesThatMeetAreOne() {
      assertThat(times("*/30 2,3 * * *", "Europe/Berlin", "2027-03-28T00:00:00Z", 3))
          .containsExactly(
              "2027-03-28T03:00+02:00", "2027-03-28T03:30+02:00", "2027-03-29T02:00+02:00");
    }

    @Test
    void aTimeThatComesTwiceIsAtTheFirst() {
      assertThat(times("30 2 * * *", "Europe/Berlin", "2026-10-24T22:00:00Z", 2))
          .containsExactly("2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00");
    }

    @Test
    void aTimeAskedForInTheSecondOfTwoIsOnlyThere() {
      assertThat(times("30 2 * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", 1))
          .containsExactly("2026-10-26T02:30+01:00");
    }

    @Test
    void everyHourGoesByRealTimeThroughBoth() {
      assertThat(times("0 * * * *", "Europe/Berlin", "2026-10-24T23:30:00Z", 3))
          .containsExactly(
              "2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00", "2026-10-25T03:00+01:00");
    }

    @Test
    void everyHourHasNothingInWhatIsLeftOut() {
      assertThat(times("30 * * * *", "Europe/Berlin", "2027-03-28T00:00:00Z", 2))
          .containsExactly("2027-03-28T01:30+01:00", "2027-03-28T03:30+02:00");
    }

    @Test
    void halfAnHourIsAsGoodAsAnHour() {
      assertThat(times("10 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", 2))
          .containsExactly("2026-10-04T02:30+11:00", "2026-10-05T02:10+11:00");
    }

    @Test
    void aMidnightThatIsLeftOutIsAtOne() {
      assertThat(times("0 0 * * *", "America/Sao_Paulo", "2018-11-03T12:00:00Z", 2))
          .containsExactly("2018-11-04T01:00-02:00", "2018-11-05T00:00-02:00");
    }

    @Test
    void aDayThatIsLeftOutIsAtItsEnd() {
      assertThat(times("0 12 * * *", "Pacific/Apia", "2011-12-29T12:00:00Z", 3))
          .containsExactly(
              "2011-12-29T12:00-10:00", "2011-12-31T00:00+14:00", "2011-12-31T12:00+14:00");
    }
  }

  @Test
  void fractionsOfASecondDoNotCount() {
    var cron = CronTimes.of(new Trigger.Cron("30 2 * * *", ZoneId.of("UTC")));

    assertThat(cron.after(Instant.parse("2026-11-30T02:29:59.999Z")))
        .contains(Instant.parse("2026-11-30T02:30:00Z"));
    assertThat(cron.after(Instant.parse("2026-11-30T02:30:00.001Z")))
        .contains(Instant.parse("2026-12-01T02:30:00Z"));
  }
}

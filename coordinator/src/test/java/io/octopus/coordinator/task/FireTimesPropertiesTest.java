package io.octopus.coordinator.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

/**
 * Fire times against references that share no code with them: they step through time minute by
 * minute, or day by day, and ask at each whether it is one.
 */
class FireTimesPropertiesTest {

  /** Changes of an hour, of half an hour, at midnight, of a whole day, and none. */
  private static final List<String> ZONES =
      List.of(
          "Europe/Berlin",
          "America/New_York",
          "America/Sao_Paulo",
          "Australia/Lord_Howe",
          "Pacific/Apia",
          "Africa/Casablanca",
          "Asia/Kolkata",
          "UTC");

  private static final Instant FIRST = Instant.parse("2005-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2035-01-01T00:00:00Z");

  /** One field: its text and the numbers it means. */
  record Field(String text, Set<Integer> numbers) {}

  /** An expression of minutes and hours: its text and the reference for it. */
  record Times(String text, Field minutes, Field hours) {

    boolean matches(LocalDateTime local) {
      return minutes.numbers().contains(local.getMinute())
          && hours.numbers().contains(local.getHour());
    }
  }

  /** The day fields of an expression: their text and the reference for them. */
  record Days(String ofMonth, String ofWeek, Predicate<LocalDate> reference) {}

  /** Three days, most of them around a change of clocks. */
  record Stretch(ZoneId zone, Instant from) {

    Instant end() {
      return from.plus(Duration.ofDays(3));
    }
  }

  @Provide
  Arbitrary<Stretch> stretches() {
    var zones = Arbitraries.of(ZONES).map(ZoneId::of);
    var starts = Arbitraries.longs().between(FIRST.getEpochSecond(), LAST.getEpochSecond());
    var minutes = Arbitraries.integers().between(60, 2 * 24 * 60);
    return Combinators.combine(zones, starts, minutes)
        .as(
            (zone, start, before) -> {
              var some = Instant.ofEpochSecond(start).truncatedTo(ChronoUnit.MINUTES);
              var change = zone.getRules().nextTransition(some);
              return new Stretch(
                  zone,
                  change == null ? some : change.getInstant().minus(Duration.ofMinutes(before)));
            });
  }

  @Provide
  Arbitrary<Times> times() {
    return Combinators.combine(fields(0, 59), fields(0, 23))
        .as(
            (minutes, hours) ->
                new Times(minutes.text() + " " + hours.text() + " * * *", minutes, hours));
  }

  private static Arbitrary<Field> fields(int least, int most) {
    var numbers = Arbitraries.integers().between(least, most);
    var all = stepped(least, most, 1, least, most);
    var star = Arbitraries.just(new Field("*", all));
    var step =
        Arbitraries.integers()
            .between(1, most - least)
            .map(n -> new Field("*/" + n, stepped(least, most, n, least, most)));
    var list =
        numbers
            .set()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(set -> new Field(joined(set), new TreeSet<>(set)));
    var range =
        Combinators.combine(numbers, numbers, Arbitraries.integers().between(1, 5))
            .as(
                (from, to, n) ->
                    new Field(
                        from + "-" + to + (n == 1 ? "" : "/" + n),
                        stepped(from, to, n, least, most)));
    return Arbitraries.oneOf(star, step, list, range);
  }

  /** Goes round: after the most comes the least. */
  private static Set<Integer> stepped(int from, int to, int step, int least, int most) {
    var numbers = new TreeSet<Integer>();
    int number = from;
    for (int i = 0; ; i++) {
      if (i % step == 0) {
        numbers.add(number);
      }
      if (number == to) {
        return numbers;
      }
      number = number == most ? least : number + 1;
    }
  }

  private static String joined(Set<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  @Property(tries = 300)
  void cronFiresWhenTheClockSaysSo(
      @ForAll("stretches") Stretch stretch, @ForAll("times") Times times) {
    var cron = CronTimes.of(new Trigger.Cron(times.text(), stretch.zone()));
    var fired = new ArrayList<Instant>();
    var next = cron.after(stretch.from());
    while (next.isPresent() && !next.get().isAfter(stretch.end())) {
      fired.add(next.get());
      next = cron.after(next.get());
    }

    boolean isEveryHour = times.hours().numbers().size() == 24;
    assertThat(fired)
        .isEqualTo(isEveryHour ? inRealTime(stretch, times) : onTheWallClock(stretch, times));
  }

  /** Fires in each minute that reads right. */
  private static List<Instant> inRealTime(Stretch stretch, Times times) {
    var fired = new ArrayList<Instant>();
    for (var at : minutes(stretch)) {
      if (times.matches(LocalDateTime.ofInstant(at, stretch.zone()))) {
        fired.add(at);
      }
    }
    return fired;
  }

  /** Fires in each minute in which the clock passes, for the first time, what reads right. */
  private static List<Instant> onTheWallClock(Stretch stretch, Times times) {
    var fired = new ArrayList<Instant>();
    var latest = LocalDateTime.ofInstant(stretch.from(), stretch.zone());
    for (var at : minutes(stretch)) {
      var local = LocalDateTime.ofInstant(at, stretch.zone());
      boolean fires = false;
      while (latest.isBefore(local)) {
        latest = latest.plusMinutes(1);
        fires |= times.matches(latest);
      }
      if (fires) {
        fired.add(at);
      }
    }
    return fired;
  }

  private static List<Instant> minutes(Stretch stretch) {
    var minutes = new ArrayList<Instant>();
    for (var at = stretch.from().plusSeconds(60);
        !at.isAfter(stretch.end());
        at = at.plusSeconds(60)) {
      minutes.add(at);
    }
    return minutes;
  }

  @Provide
  Arbitrary<Days> days() {
    var number = Arbitraries.integers().between(1, 31);
    var weekday = Arbitraries.of(DayOfWeek.class);
    Arbitrary<Days> ofMonth =
        Arbitraries.oneOf(
            number.map(n -> new Days("" + n, "*", day -> day.getDayOfMonth() == n)),
            Arbitraries.integers()
                .between(0, 5)
                .map(
                    n ->
                        new Days(
                            n == 0 ? "L" : "L-" + n,
                            "?",
                            day ->
                                day.equals(
                                    day.with(TemporalAdjusters.lastDayOfMonth()).minusDays(n)))),
            number.map(n -> new Days(n + "W", "*", day -> isWeekdayNearest(day, n))));
    Arbitrary<Days> ofWeek =
        Arbitraries.oneOf(
            weekday.map(one -> new Days("*", name(one), day -> day.getDayOfWeek() == one)),
            weekday.map(
                one ->
                    new Days(
                        "?",
                        name(one) + "L",
                        day -> day.equals(day.with(TemporalAdjusters.lastInMonth(one))))),
            Combinators.combine(weekday, Arbitraries.integers().between(1, 5))
                .as(
                    (one, nth) ->
                        new Days(
                            "*",
                            name(one) + "#" + nth,
                            day ->
                                day.equals(
                                    day.with(TemporalAdjusters.dayOfWeekInMonth(nth, one))))));
    Arbitrary<Days> either =
        Combinators.combine(ofMonth, ofWeek)
            .as(
                (month, week) ->
                    new Days(
                        month.ofMonth(), week.ofWeek(), month.reference().or(week.reference())));
    return Arbitraries.oneOf(ofMonth, ofWeek, either);
  }

  /** Whether the day is the weekday that is nearest to a day of its month, and in this month. */
  private static boolean isWeekdayNearest(LocalDate day, int number) {
    if (number > day.lengthOfMonth() || isWeekend(day)) {
      return false;
    }
    int distance = Math.abs(day.getDayOfMonth() - number);
    for (int other = 1; other <= day.lengthOfMonth(); other++) {
      if (Math.abs(other - number) < distance && !isWeekend(day.withDayOfMonth(other))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWeekend(LocalDate day) {
    return day.getDayOfWeek().getValue() > 5;
  }

  private static String name(DayOfWeek day) {
    return day.name().substring(0, 3);
  }

  @Property(tries = 200)
  void cronFiresOnTheDaysOfTheCalendar(
      @ForAll("days") Days days, @ForAll @IntRange(min = 2000, max = 2100) int year) {
    var cron = CronExpression.parse("0 0 " + days.ofMonth() + " * " + days.ofWeek());
    var first = LocalDate.of(year, 1, 1);
    var fired = new ArrayList<LocalDate>();
    var next = cron.after(first.atStartOfDay().minusSeconds(1));
    while (next.isPresent() && next.get().getYear() < year + 3) {
      fired.add(next.get().toLocalDate());
      next = cron.after(next.get());
    }

    assertThat(fired)
        .isEqualTo(
            first.datesUntil(LocalDate.of(year + 3, 1, 1)).filter(days.reference()).toList());
  }

  @Property(tries = 200)
  void everyTimeIsTheNextOneRightBeforeIt(
      @ForAll("stretches") Stretch stretch, @ForAll("times") Times times) {
    var schedule = cron(times, stretch.zone(), stretch.from(), stretch.end());
    var fireTimes = new FireTimes(schedule, stretch.from());

    var all = fireTimes.after(Instant.MIN, 50);

    assertThat(all).isSorted().doesNotHaveDuplicates();
    assertThat(all).allMatch(at -> !at.isBefore(stretch.from()) && !at.isAfter(stretch.end()));
    for (var at : all) {
      assertThat(fireTimes.after(at.minusNanos(1))).contains(at);
      assertThat(fireTimes.after(at)).isNotEqualTo(Optional.of(at));
    }
  }

  @Property(tries = 100)
  void anIntervalIsCountedOneByOne(
      @ForAll @LongRange(min = 1000, max = 100_000) long everyMillis,
      @ForAll @IntRange(min = -2000, max = 2000) int startSeconds,
      @ForAll @IntRange(min = 0, max = 2000) int lengthSeconds,
      @ForAll boolean hasStart) {
    var anchor = Instant.parse("2026-11-23T15:04:05.678Z");
    var start = hasStart ? anchor.plusSeconds(startSeconds) : null;
    var every = Duration.ofMillis(everyMillis);
    var end = anchor.plusSeconds(Math.max(startSeconds, 0) + lengthSeconds);
    var schedule = interval(every, Trigger.IntervalMode.FIXED_RATE, start, end);

    var expected = new ArrayList<Instant>();
    for (var at = start == null ? anchor.plus(every) : start;
        !at.isAfter(end);
        at = at.plus(every)) {
      if (!at.isBefore(anchor)) {
        expected.add(at);
      }
    }

    assertThat(new FireTimes(schedule, anchor).after(Instant.MIN, 5000)).isEqualTo(expected);
  }

  @Property(tries = 500)
  void anIntervalFarAwayIsFoundWithoutCounting(
      @ForAll @LongRange(min = 1, max = 316_224_000) long everySeconds,
      @ForAll @LongRange(min = -60_000_000_000L, max = 250_000_000_000L) long afterSeconds) {
    var anchor = Instant.parse("2026-11-23T15:04:05Z");
    var every = Duration.ofSeconds(everySeconds);
    var schedule = interval(every, Trigger.IntervalMode.FIXED_RATE, null, null);
    var after = Instant.ofEpochSecond(afterSeconds);

    var next = new FireTimes(schedule, anchor).after(after);

    if (next.isPresent()) {
      assertThat(next.get()).isAfter(after).isAfter(anchor);
      assertThat(Duration.between(anchor, next.get()).toSeconds() % everySeconds).isZero();
      assertThat(!next.get().minus(every).isAfter(after) || next.get().equals(anchor.plus(every)))
          .isTrue();
    } else {
      assertThat(after.plus(every)).isAfter(Instant.parse("9999-12-31T23:59:59Z"));
    }
  }

  @Property(tries = 300)
  void aDelayIsCountedFromItsAnchorOnceItsStartIsPast(
      @ForAll @LongRange(min = 1, max = 100_000) long everySeconds,
      @ForAll @IntRange(min = -50_000, max = 50_000) int startSeconds) {
    var anchor = Instant.parse("2026-11-23T15:04:05Z");
    var start = anchor.plusSeconds(startSeconds);
    var every = Duration.ofSeconds(everySeconds);
    var schedule = interval(every, Trigger.IntervalMode.FIXED_DELAY, start, null);

    assertThat(new FireTimes(schedule, anchor).after(Instant.MIN))
        .contains(startSeconds < 0 ? anchor.plus(every) : start);
  }

  private static Schedule cron(Times times, ZoneId zone, Instant start, Instant end) {
    return schedule(new Trigger.Cron(times.text(), zone), start, end);
  }

  private static Schedule interval(
      Duration every, Trigger.IntervalMode mode, @Nullable Instant start, @Nullable Instant end) {
    return schedule(new Trigger.Interval(every, mode), start, end);
  }

  private static Schedule schedule(
      Trigger trigger, @Nullable Instant start, @Nullable Instant end) {
    return new Schedule(trigger, start, end, OverlapPolicy.SKIP, MisfirePolicy.FIRE_ONCE, null);
  }
}

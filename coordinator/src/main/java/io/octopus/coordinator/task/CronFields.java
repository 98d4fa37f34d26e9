package io.octopus.coordinator.task;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronField;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.parser.CronParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a cron expression's text apart, or says in words what is wrong with it. */
final class CronFields {

  /** One field as users know it. */
  private record Field(CronFieldName key, String name, int least, int most, String names) {

    String rule() {
      return least + "-" + most + names;
    }
  }

  private static final List<Field> FIELDS =
      List.of(
          new Field(CronFieldName.SECOND, "second", 0, 59, ""),
          new Field(CronFieldName.MINUTE, "minute", 0, 59, ""),
          new Field(CronFieldName.HOUR, "hour", 0, 23, ""),
          new Field(CronFieldName.DAY_OF_MONTH, "day of month", 1, 31, ""),
          new Field(CronFieldName.MONTH, "month", 1, 12, " or JAN-DEC"),
          new Field(CronFieldName.DAY_OF_WEEK, "day of week", 0, 7, " or SUN-SAT"));

  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@yearly", "0 0 0 1 1 *",
          "@annually", "0 0 0 1 1 *",
          "@monthly", "0 0 0 1 * *",
          "@weekly", "0 0 0 * * 0",
          "@daily", "0 0 0 * * *",
          "@midnight", "0 0 0 * * *",
          "@hourly", "0 0 * * * *");

  private static final CronDefinition GRAMMAR =
      CronDefinitionBuilder.defineCron()
          .withSeconds()
          .withValidRange(0, 59)
          .and()
          .withMinutes()
          .withValidRange(0, 59)
          .and()
          .withHours()
          .withValidRange(0, 23)
          .and()
          .withDayOfMonth()
          .withValidRange(1, 31)
          .supportsL()
          .supportsW()
          .supportsLW()
          .supportsQuestionMark()
          .and()
          .withMonth()
          .withValidRange(1, 12)
          .and()
          .withDayOfWeek()
          .withValidRange(0, 7)
          .withMondayDoWValue(1)
          .supportsHash()
          .supportsL()
          .supportsQuestionMark()
          .and()
          .instance();

  private static final CronParser PARSER = new CronParser(GRAMMAR);

  private static final Pattern OUT_OF_RANGE =
      Pattern.compile(".*(Value|Period) (\\d+) not in range.*");
  private static final Pattern LONG_NAME =
      Pattern.compile(
          "(?i).*?\\b((JAN|FEB|MAR|APR|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[a-z]+"
              + "|(MON|TUE|WED|THU|FRI|SAT|SUN)[a-km-z][a-z]*)\\b.*");

  private final Map<CronFieldName, CronField> fields;

  private CronFields(Cron cron) {
    this.fields = cron.retrieveFieldsAsMap();
  }

  /** Throws {@link IllegalArgumentException} whose message names the field, the value, the rule. */
  static CronFields parse(String text) {
    var parts = parts(text.strip());
    try {
      return new CronFields(read(parts));
    } catch (IllegalArgumentException wrong) {
      for (int i = 0; i < parts.size(); i++) {
        refuseIfWrong(FIELDS.get(i), i, parts.get(i));
      }
      throw new IllegalArgumentException("is no cron expression: " + wrong.getMessage(), wrong);
    }
  }

  FieldExpression get(CronFieldName name) {
    return Objects.requireNonNull(fields.get(name), () -> "no field " + name).getExpression();
  }

  private static Cron read(List<String> parts) {
    return PARSER.parse(String.join(" ", parts));
  }

  /** The six fields; five of them have no seconds. */
  private static List<String> parts(String text) {
    if (text.startsWith("@")) {
      var meant = NICKNAMES.get(text.toLowerCase(Locale.ROOT));
      if (meant == null) {
        var instead =
            text.toLowerCase(Locale.ROOT).startsWith("@every")
                ? "; for every so often give an interval instead"
                : "";
        throw new IllegalArgumentException(
            "must be one of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly"
                + instead);
      }
      return List.of(meant.split(" "));
    }
    var parts = new ArrayList<>(List.of(text.split("\\s+")));
    if (parts.size() == 5) {
      parts.add(0, "0");
    }
    if (parts.size() != 6) {
      var year = parts.size() == 7 ? "; a year is not supported" : "";
      throw new IllegalArgumentException(
          "has %d %s but must have 5 (minute, hour, day of month, month, day of week) or 6 (second first)%s"
              .formatted(parts.size(), parts.size() == 1 ? "field" : "fields", year));
    }
    return parts;
  }

  /** The field that is wrong is the one that is wrong when it stands alone. */
  private static void refuseIfWrong(Field field, int place, String part) {
    var alone = new ArrayList<>(List.of("*", "*", "*", "*", "*", "*"));
    alone.set(place, part);
    try {
      read(alone);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(reason(field, part, wrong), wrong);
    }
  }

  private static String reason(Field field, String part, IllegalArgumentException wrong) {
    Matcher range = OUT_OF_RANGE.matcher(String.valueOf(wrong.getMessage()));
    if (range.matches() && range.group(1).equals("Period")) {
      int most = field.most() - field.least();
      return "the step %s in %s must be 1-%d; for any other length give an interval"
          .formatted(range.group(2), field.name(), most);
    }
    if (range.matches()) {
      return "%s in %s must be %s".formatted(range.group(2), field.name(), field.rule());
    }
    Matcher longName = LONG_NAME.matcher(part);
    if (longName.matches() && !field.names().isEmpty()) {
      var name = longName.group(1);
      return "%s in %s must be written %s"
          .formatted(name, field.name(), name.substring(0, 3).toUpperCase(Locale.ROOT));
    }
    return "%s in %s is not understood: use %s, * for all, lists 1,2, ranges 1-5 and steps */5"
        .formatted(part, field.name(), field.rule());
  }
}

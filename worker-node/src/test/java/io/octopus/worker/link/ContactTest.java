package io.octopus.worker.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.worker.link.Contact.Seeds;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With 5 s of patience and 30 s of grace. */
class ContactTest {

  private static final Duration START = Duration.ofSeconds(1000);

  private final Contact contact =
      Contact.made(Duration.ofSeconds(5), Duration.ofSeconds(30), START);

  @ParameterizedTest(name = "silent for {0} ms: over {1}")
  @CsvSource({"0, false", "5000, false", "7000, false", "7001, true", "60000, true"})
  void silenceEndsMovableWorkBeforeOthersAreGivenIt(long silence, boolean over) {
    assertThat(contact.isOver(START.plusMillis(silence))).isEqualTo(over);
  }

  @Test
  void aWordFromACoordinatorStartsTheTimeAnew() {
    var heard = contact.heard(START.plusSeconds(6));

    assertThat(heard.isOver(START.plusSeconds(12))).isFalse();
    assertThat(heard.isOver(START.plusSeconds(14))).isTrue();
  }

  @Test
  void whileEverySeedRefusesNobodyCanHaveGivenTheWorkAway() {
    var now = START;
    var refused = contact;
    for (var second = 1; second <= 120; second++) {
      now = START.plusSeconds(second);
      refused = refused.probed(Seeds.ALL_REFUSED, now);
      assertThat(refused.isOver(now)).isFalse();
    }

    assertThat(refused.isOver(now.plusSeconds(27))).isFalse();
    assertThat(refused.isOver(now.plusSeconds(28))).isTrue();
  }

  @Test
  void seedsThatSayNothingExcuseNothing() {
    var now = START.plusSeconds(8);

    assertThat(contact.probed(Seeds.SILENT, now).isOver(now)).isTrue();
  }

  @Test
  void aSeedThatAnswersExcusesAQuickRestartButNoLongerThanItsGrace() {
    var answered = contact;
    var now = START;
    for (int second = 2; second <= 27; second++) {
      now = START.plusSeconds(second);
      answered = answered.probed(Seeds.SOME_ANSWERED, now);
      assertThat(answered.isOver(now)).isFalse();
    }

    assertThat(answered.isOver(now.plusSeconds(1))).isTrue();
  }

  @Test
  void anAnswerFromBeforeAPauseExcusesNothing() {
    var answered = contact.probed(Seeds.SOME_ANSWERED, START.plusSeconds(3));

    assertThat(answered.isOver(START.plusSeconds(10))).isFalse();
    assertThat(answered.isOver(START.plusSeconds(11))).isTrue();
  }

  @Test
  void aRefusalLongAgoDoesNotShortenTheOrdinaryTime() {
    var heard = contact.probed(Seeds.ALL_REFUSED, START).heard(START.plusSeconds(60));

    assertThat(heard.isOver(START.plusSeconds(67))).isFalse();
    assertThat(heard.isOver(START.plusSeconds(68))).isTrue();
  }

  @Test
  void afterAGoodbyeTheWorkGoesOnAsLongAsNobodyIsBack() {
    var now = START.plus(Duration.ofHours(12));

    assertThat(contact.saidGoodbye().isOver(now)).isFalse();
    assertThat(contact.saidGoodbye().probed(Seeds.SILENT, now).isOver(now)).isFalse();
  }

  @Test
  void aCoordinatorThatIsBackAfterItsGoodbyeGivesNothingAwayDuringItsGrace() {
    var back = START.plusSeconds(100);
    var contactAgain = contact.saidGoodbye().probed(Seeds.SOME_ANSWERED, back);

    assertThat(contactAgain.isOver(back.plusSeconds(27))).isFalse();
    assertThat(contactAgain.isOver(back.plusSeconds(28))).isTrue();
  }
}

package io.octopus.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.octopus.coordinator.http.ContractClient.Answer;
import io.octopus.coordinator.store.StoredTask;
import io.octopus.coordinator.task.TaskCommand.Accepted;
import io.octopus.coordinator.task.TaskCommand.Create;
import io.octopus.coordinator.task.TaskCommand.Refusal;
import io.octopus.coordinator.task.TaskCommand.Refused;
import io.octopus.coordinator.task.TaskCommand.WasCreated;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a task refuses or does not answer becomes one status code each. */
class RefusalTest {
  private static final ApiServer SERVER = new ApiServer();
  private static final ContractClient API = SERVER.client();
  private static final String BODY = "{\"owner\":\"ALL\",\"plugin\":\"hello\"}";
  private static final String PLUGIN_IS_GONE = "{\"owner\":\"ALL\",\"plugin\":\"gone\"}";

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @BeforeEach
  void anew() {
    SERVER.tasks.reset();
    SERVER.rows.fill();
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, 404",
    "KEY_REUSED, 422",
    "STALE_VERSION, 412",
    "CONFLICT, 409",
    "NOT_SETTLED, 503"
  })
  void aRefusalHasOneStatus(Refusal refusal, int status) {
    SERVER.tasks.answer(new Refused(refusal, "said the task"));

    Answer answer = API.put("/tasks/t1", BODY);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().path("detail").asText()).isEqualTo("said the task");
    assertThat(answer.header("Retry-After")).isEqualTo(status == 503 ? "1" : "");
  }

  @Test
  void aJournalThatDoesNotAnswerIs503AndNever201() {
    SERVER.tasks.fail(new TimeoutException("no answer in 10 s"));
    assertJournalNotAvailable(API.post("/tasks", BODY));

    SERVER.tasks.fail(new CompletionException(new SQLException("database or disk is full")));
    assertJournalNotAvailable(API.post("/tasks", BODY));
  }

  private static void assertJournalNotAvailable(Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.json().path("title").asText()).isEqualTo("journal not available");
  }

  @Test
  void whatWeBreakIsA500ThatNamesItsRequestAndNothingElse() {
    SERVER.tasks.fail(new IllegalStateException("secret detail"));

    Answer answer = API.post("/tasks", BODY, "X-Request-Id", "my-request-7");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.json().path("request_id").asText()).isEqualTo("my-request-7");
    assertThat(answer.header("X-Request-Id")).isEqualTo("my-request-7");
    assertThat(answer.body()).doesNotContain("secret");
  }

  @Test
  void theSameRequestUnderOneKeyIsTheSameTaskHoweverItsFieldsAreOrdered() {
    SERVER.rows.put(SampleRows.task(TaskIds.ofKey("key-1").value()), 1);
    API.post("/tasks", BODY, "Idempotency-Key", "key-1");
    API.post("/tasks", " {\"plugin\":\"hello\", \"owner\":\"ALL\"}", "Idempotency-Key", "key-1");
    API.post("/tasks", "{\"plugin\":\"hello\",\"owner\":\"Anyone\"}", "Idempotency-Key", "key-1");

    assertThat(SERVER.tasks.ids).hasSize(3).containsOnly(TaskIds.ofKey("key-1"));
    var hashes = SERVER.tasks.asked.stream().map(c -> ((Create) c).requestHash()).toList();
    assertThat(hashes.get(0)).isEqualTo(hashes.get(1)).isNotEqualTo(hashes.get(2));
  }

  @Test
  void aRepeatedRequestIs201AlsoWhenTheTaskIsDeletedByNow() {
    String id = TaskIds.ofKey("key-2").value();
    SERVER.rows.tasks.put(id, new StoredTask(SampleRows.task(id), 1, true));
    SERVER.tasks.answer(new Accepted());

    assertThat(API.post("/tasks", BODY, "Idempotency-Key", "key-2").status()).isEqualTo(201);
    assertThat(API.get("/tasks/" + id).status()).isEqualTo(404);
  }

  @Test
  void aRepeatedRequestIs201AlsoWhenItCouldNotBeAcceptedAnyMore() {
    SERVER.rows.put(SampleRows.task(TaskIds.ofKey("key-3").value()), 1);
    SERVER.tasks.answer(new Accepted());

    assertThat(API.post("/tasks", PLUGIN_IS_GONE, "Idempotency-Key", "key-3").status())
        .isEqualTo(201);
    assertThat(SERVER.tasks.asked).singleElement().isInstanceOf(WasCreated.class);
  }

  @Test
  void aRequestThatNeverWasAcceptedSaysWhatIsWrongWithIt() {
    SERVER.tasks.answer(new Refused(Refusal.NOT_FOUND, "there is no such task"));

    Answer answer = API.post("/tasks", PLUGIN_IS_GONE, "Idempotency-Key", "key-4");

    assertThat(answer.status()).isEqualTo(API.post("/tasks", PLUGIN_IS_GONE).status());
    assertThat(answer.fields()).containsExactly("plugin");
  }
}

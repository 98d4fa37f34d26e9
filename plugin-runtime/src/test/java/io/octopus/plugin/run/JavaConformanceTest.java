package io.octopus.plugin.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a Java action may take, return and throw, and what that means; the same in a JVM of its own
 * and inside the worker.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaConformanceTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Workbench apart;
  private final Workbench inside;
  private final Path jar;

  JavaConformanceTest() throws IOException {
    apart = new Workbench();
    inside = new Workbench(usual -> usual.withJava(new JavaPlugins(List.of(), Set.of("shapes"))));
    try (var source = JavaConformanceTest.class.getResourceAsStream("Shapes.java.txt")) {
      var code = new String(Objects.requireNonNull(source).readAllBytes(), StandardCharsets.UTF_8);
      jar = apart.jar("shapes.jar", code);
    }
  }

  @AfterAll
  void close() throws IOException {
    inside.close();
    apart.close();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nothing      | []               | {}                    | null
          text         | []               | {}                    | "text"
          number       | []               | {}                    | 42
          huge         | []               | {}                    | 1180591620717411303424
          decimal      | []               | {}                    | 0.10
          truth        | []               | {}                    | false
          lists        | []               | {}                    | [[1,2],["a"],[true],[null]]
          shapes       | []               | {}                    | {"name":"b","sides":[1,2],"kind":"ROUND","more":null}
          done         | []               | {}                    | {"status":"Success","message":"all well"}
          created      | []               | {}                    | {"status_code":"201"}
          later        | []               | {}                    | "later"
          odd          | []               | {}                    | {"at":"2026-11-23","nan":"NaN","bytes":"it"}
          cycle        | []               | {}                    | "(a cycle)"
          add          | [1, 2]           | {}                    | 3
          add          | [1]              | {"b": 4}              | 5
          add          | []               | {"a": 1}              | 11
          add          | ["7"]            | {}                    | 17
          greet        | []               | {}                    | "Hello, 1 world"
          greet        | ["you"]          | {}                    | "Hello, you"
          greet        | [5]              | {}                    | "Hello, 5"
          join         | ["-"]            | {}                    | ""
          join         | ["-", "a", "b"]  | {}                    | "a-b"
          join         | ["-"]            | {"parts": ["x", "y"]} | "x-y"
          maybe        | []               | {}                    | "nothing"
          maybe        | [null]           | {}                    | "nothing"
          maybe        | [3]              | {}                    | "3"
          area         | [{"w": 2, "h": 3, "note": "x"}] | {}     | 6
          week         | ["2026-11-23"]   | {}                    | "MONDAY"
          wait         | ["PT5S"]         | {}                    | 5
          kinds        | [["ROUND"]]      | {}                    | ["ROUND"]
          any          | [{"a": [1]}]     | {}                    | {"a":[1]}
          inherited    | []               | {}                    | "from above"
          renamed      | []               | {}                    | "by another name"
          main         | []               | {}                    | "run stands in"
          """)
  void completes(String action, String args, String kwargs, String expected) throws IOException {
    for (var bench : new Workbench[] {apart, inside}) {
      var done = bench.call(jar).action(action).args(args).kwargs(kwargs).completed();

      assertThat(JSON.readTree(done.resultJson())).isEqualTo(JSON.readTree(expected));
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          failed       | []        | {}          | bad_result     | no disk
          teapot       | []        | {}          | bad_result     | code 418
          error        | []        | {}          | bad_result     | {"a":1}
          throwing     | []        | {}          | exception      | out of order
          checked      | []        | {}          | exception      | no such thing
          deep         | []        | {}          | exception      | StackOverflowError
          laterFails   | []        | {}          | exception      | later
          unknown      | []        | {}          | action_missing | it has: add, any
          hidden       | []        | {}          | action_missing | no action hidden
          add          | []        | {}          | bad_arguments  | add(int a, int b = 10): needs 'a'
          add          | [1, 2, 3] | {}          | bad_arguments  | takes 2 arguments but got 1 more
          add          | [1]       | {"a": 1}    | bad_arguments  | got 'a' twice
          add          | [1]       | {"c": 1}    | bad_arguments  | has no parameter 'c'
          add          | ["x"]     | {}          | bad_arguments  | 'a' must be int, not "x"
          add          | [1.5]     | {}          | bad_arguments  | 'a' must be int, not 1.5
          add          | [null]    | {}          | bad_arguments  | 'a' must be int, not null
          week         | ["x"]     | {}          | bad_arguments  | must be java.time.LocalDate
          join         | ["-"]     | {"parts": 1}| bad_arguments  | 'parts' must be a list
          big          | [9000000] | {}          | result_too_large | at most 8388608
          """)
  void fails(String action, String args, String kwargs, String reason, String words)
      throws IOException {
    for (var bench : new Workbench[] {apart, inside}) {
      var failed = bench.call(jar).action(action).args(args).kwargs(kwargs).failed();

      assertThat(failed.reason()).isEqualTo(reason);
      assertThat(failed.error().message() + failed.error().type()).contains(words);
    }
  }
}

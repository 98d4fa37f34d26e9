package io.octopus.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import org.junit.jupiter.api.Test;

/** The description is one that tools can read. */
class OpenApiTest {
  private static final SwaggerParseResult PARSED =
      new OpenAPIV3Parser().readLocation("/openapi.yaml", null, new ParseOptions());

  @Test
  void itIsReadWithoutAWarning() {
    assertThat(PARSED.getMessages()).isEmpty();
    assertThat(PARSED.getOpenAPI().getOpenapi()).isEqualTo("3.0.3");
  }

  @Test
  void everyOperationHasAnIdOfItsOwnAndSaysWhatErrorsLookLike() {
    var operations =
        PARSED.getOpenAPI().getPaths().values().stream()
            .flatMap(path -> path.readOperations().stream())
            .toList();

    assertThat(operations).extracting(Operation::getOperationId).doesNotContainNull();
    assertThat(operations).extracting(Operation::getOperationId).doesNotHaveDuplicates();
    assertThat(operations)
        .allSatisfy(operation -> assertThat(operation.getResponses()).containsKey("default"));
  }

  @Test
  void noObjectMayHaveMoreThanIsDescribed() {
    PARSED
        .getOpenAPI()
        .getComponents()
        .getSchemas()
        .forEach(
            (name, schema) -> {
              if ("object".equals(schema.getType())) {
                assertThat(schema.getAdditionalProperties()).as(name).isNotNull();
              }
            });
  }
}

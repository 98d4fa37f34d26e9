package io.octopus.coordinator.http;

import java.util.List;

/**
 * Ends the handling of a request with a problem as its answer. It has no stack trace: a refusal is
 * no failure of ours.
 */
final class RequestRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemKind kind;
  private final transient List<FieldError> errors;

  RequestRefused(ProblemKind kind, String detail) {
    this(kind, detail, List.of());
  }

  RequestRefused(ProblemKind kind, String detail, List<FieldError> errors) {
    super(detail, null, false, false);
    this.kind = kind;
    this.errors = List.copyOf(errors);
  }

  /** A request whose fields break rules: all of them at once. */
  static RequestRefused invalid(List<FieldError> errors) {
    FieldError first = errors.get(0);
    String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
    return new RequestRefused(
        ProblemKind.INVALID, first.field() + ": " + first.message() + more, errors);
  }

  static RequestRefused invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  /** There is no such thing, or not any more. */
  static RequestRefused notFound(String what, String id) {
    return new RequestRefused(ProblemKind.NOT_FOUND, "there is no " + what + " " + id);
  }

  ProblemKind kind() {
    return kind;
  }

  List<FieldError> errors() {
    return errors;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
